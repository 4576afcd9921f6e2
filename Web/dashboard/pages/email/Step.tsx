import type { ReactNode } from "react";
import { Icon } from "../../parts/Icon";

/** One step of the guide. `done` shows a tick instead of its number, which the style sheet counts. */
export function Step({ title, lead, done, children }: {
    title: string; lead?: string; done?: boolean; children: ReactNode;
}): JSX.Element {
    return (
        <li className="step card form" data-done={done || undefined}>
            <div className="step-head">
                <span className="step-number" aria-hidden="true">{done && <Icon name="check" size={14} />}</span>
                <div><h3>{title}</h3>{lead !== undefined && <p className="field-hint">{lead}</p>}</div>
            </div>
            <div className="step-body">{children}</div>
        </li>
    );
}

/** One of several ways, as cards of which one is chosen. */
export function Ways<Name extends string>({ label, ways, chosen, choose }: {
    label: string; ways: { name: Name; title: string; text: string }[]; chosen: Name; choose: (name: Name) => void;
}): JSX.Element {
    return (
        <fieldset className="ways">
            <legend className="unseen">{label}</legend>
            {ways.map((way) => (
                <label key={way.name} className="way" data-chosen={way.name === chosen || undefined}>
                    <input type="radio" name={label} checked={way.name === chosen} onChange={() => choose(way.name)} />
                    <span><b>{way.title}</b><small>{way.text}</small></span>
                </label>
            ))}
        </fieldset>
    );
}
