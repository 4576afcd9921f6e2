import { useState } from "react";
import type { KeyboardEvent } from "react";
import { useCell } from "../model/cells";
import { conversations } from "../model/conversations";
import { customer } from "../model/names";
import { openConversation } from "../model/route";
import { Avatar } from "../parts/Avatar";
import { Dialog } from "../parts/Dialog";
import { Icon } from "../parts/Icon";
import { words } from "../words";
import { Keys } from "./KeysHelp";
import { barOpen, commands } from "./registry";
import type { Command } from "./registry";

type Entry = { kind: "command"; command: Command } | { kind: "conversation"; id: number; name: string; preview: string };

export function CommandBar(): JSX.Element | null {
    return useCell(barOpen) ? <Bar /> : null;
}

function entries(text: string): Entry[] {
    const wanted = text.trim().toLowerCase();
    const fitting = commands
        .filter((command) => command.barless !== true && (command.possible?.() ?? true) && command.label.toLowerCase().includes(wanted))
        .map((command): Entry => ({ kind: "command", command }));
    if (wanted === "") return fitting;
    // What begins with the words comes before what merely has them inside.
    const starts = (entry: Entry): number => (entry.kind === "command" && entry.command.label.toLowerCase().startsWith(wanted) ? 0 : 1);
    fitting.sort((a, b) => starts(a) - starts(b));
    const people: Entry[] = [];
    for (const one of conversations.values()) {
        const name = customer(one);
        const preview = one.last_non_activity_message?.content ?? "";
        if (`${name} ${one.meta.sender.email ?? ""} #${one.id}`.toLowerCase()
            .includes(wanted)) people.push({ kind: "conversation", id: one.id, name, preview });
        if (people.length === 8) break;
    }
    return [...fitting, ...people];
}

function Bar(): JSX.Element {
    const [text, setText] = useState("");
    const [chosen, choose] = useState(0);
    const found = entries(text);
    const at = Math.min(chosen, found.length - 1);
    const close = (): void => barOpen.set(false);
    const run = (entry: Entry | undefined): void => {
        if (entry === undefined) return;
        close();
        // The window gives the focus back first; what the command focuses must come after that.
        window.setTimeout(() => (entry.kind === "command" ? entry.command.run() : openConversation(entry.id)));
    };
    const keys = (event: KeyboardEvent): void => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            const step = event.key === "ArrowDown" ? 1 : -1;
            if (found.length > 0) choose((at + step + found.length) % found.length);
        } else if (event.key === "Enter") {
            event.preventDefault();
            run(found[at]);
        }
    };
    const firstPerson = found.findIndex((entry) => entry.kind === "conversation");
    return (
        <Dialog label={words.keys.bar} className="command-bar" close={close}>
            <div className="command-field">
                <Icon name="search" size={18} />
                <input data-autofocus value={text} placeholder={words.keys.barPlaceholder} aria-label={words.keys.bar} role="combobox"
                    aria-expanded="true"
                    aria-controls="command-results" aria-activedescendant={found.length > 0 ? `command-${at}` : undefined}
                    onChange={(event) => { setText(event.target.value); choose(0); }} onKeyDown={keys} />
                <kbd>Esc</kbd>
            </div>
            <div id="command-results" className="command-results" role="listbox" aria-label={words.keys.bar}>
                {found.length === 0 && <p className="command-none">{words.keys.barEmpty}</p>}
                {found.map((entry, index) => (
                    <div key={entry.kind === "command" ? entry.command.id : entry.id}>
                        {index === 0 && entry.kind === "command" && <div className="menu-heading">{words.keys.barCommands}</div>}
                        {index === firstPerson && <div className="menu-heading">{words.keys.barConversations}</div>}
                        <div id={`command-${index}`} className="command" role="option" aria-selected={index === at}
                            ref={(element) => { if (index === at) element?.scrollIntoView({ block: "nearest" }); }}
                            onPointerMove={() => choose(index)} onClick={() => run(entry)}>
                            {entry.kind === "command"
                                ? <><Icon name={entry.command.icon} size={18} />
                                    <span className="command-label">{entry.command.label}</span><Keys command={entry.command} /></>
                                : <><Avatar name={entry.name} size={22} /><span className="command-label">{entry.name}</span>
                                    <span className="command-preview">{entry.preview}</span></>}
                        </div>
                    </div>
                ))}
            </div>
        </Dialog>
    );
}
