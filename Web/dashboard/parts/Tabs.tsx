import { useRef } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import type { link } from "../model/route";

interface Tab<Name extends string> {
    name: Name;
    text: ReactNode;
    /** Where the tab has an address of its own: a real link (middle click, copy address). */
    link?: ReturnType<typeof link>;
}

/**
 * A row of tabs: the Tab key leads to the chosen one, arrows, Home and End to the others (ARIA Authoring Practices, tabs). `panels` begins the
 * ids of what they show, where that is on the page.
 */
export function Tabs<Name extends string>({ label, tabs, chosen, choose, className = "tabs", panels }: {
    label: string; tabs: Tab<Name>[]; chosen: Name; choose: (name: Name) => void; className?: string; panels?: string;
}): JSX.Element {
    const row = useRef<HTMLDivElement>(null);
    const walk = (event: KeyboardEvent): void => {
        const at = tabs.findIndex((tab) => tab.name === chosen);
        const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
        const step = steps[event.key];
        if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        const index = (step + tabs.length) % tabs.length;
        const next = tabs[index];
        if (next === undefined) return;
        choose(next.name);
        (row.current?.children[index] as HTMLElement | undefined)?.focus();
    };
    return (
        <div className={className} role="tablist" aria-label={label} ref={row} onKeyDown={walk}>
            {tabs.map(({ name, text, link: to }) => {
                const isChosen = name === chosen;
                const common = {
                    role: "tab", className: "tab", "aria-selected": isChosen, tabIndex: isChosen ? 0 : -1,
                    id: panels === undefined ? undefined : `${panels}-tab-${name}`,
                    "aria-controls": panels === undefined || !isChosen ? undefined : `${panels}-${name}`,
                };
                return to === undefined ? <button key={name} type="button" {...common} onClick={() => choose(name)}>{text}</button>
                    : <a key={name} {...common} {...to}>{text}</a>;
            })}
        </div>
    );
}
