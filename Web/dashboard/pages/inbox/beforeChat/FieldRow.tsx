import { useState } from "react";
import { choicesOf, longestText } from "../../../model/preChat";
import type { PreChatField } from "../../../model/preChat";
import { Icon } from "../../../parts/Icon";
import { Field, Switch } from "../../../parts/Small";
import { words } from "../../../words";

const text = words.beforeChat;

/** What a field is called where nobody has given it a label. */
export function fieldTitle(field: PreChatField): string {
    return field.label || text.standard[field.name] || field.name;
}

/** One field of the form: whether it is asked, and how. */
export function FieldRow({ field, first, last, change, move, remove }: { field: PreChatField; first: boolean; last: boolean;
    change: (part: Partial<PreChatField>) => void; move: (by: -1 | 1) => void; remove: () => void }): JSX.Element {
    const title = fieldTitle(field);
    const own = field.field_type === "standard";
    const [choices, setChoices] = useState((field.values ?? []).join("\n"));
    return (
        <li data-field={field.name}>
            <div className="before-chat-row">
                <span className="before-chat-name"><b>{title}</b>
                    {!own && <small>{text.keptAs(field.name, text.owners[field.field_type] ?? "", text.types[field.type] ?? field.type)}</small>}</span>
                <button type="button" className="icon-button before-chat-up" data-move="-1" disabled={first} aria-label={text.up(title)}
                    title={text.up(title)} onClick={() => move(-1)}><Icon name="down" size={16} /></button>
                <button type="button" className="icon-button" data-move="1" disabled={last} aria-label={text.down(title)}
                    title={text.down(title)} onClick={() => move(1)}><Icon name="down" size={16} /></button>
                {!own && <button type="button" className="icon-button" aria-label={text.remove(title)} title={text.remove(title)}
                    onClick={remove}><Icon name="close" size={16} /></button>}
            </div>
            <Switch label={text.ask(title)} on={field.enabled} onChange={(enabled) => change({ enabled })} />
            {field.enabled && <>
                <Switch label={text.required(title)} on={field.required} onChange={(required) => change({ required })} />
                <div className="before-chat-texts">
                    <Field label={text.label} hint={own ? text.labelHint : undefined}>
                        <input maxLength={longestText} value={field.label ?? ""} onChange={(event) => change({ label: event.target.value })} /></Field>
                    {field.type !== "checkbox" && field.type !== "date" && <Field label={text.placeholder}>
                        <input maxLength={longestText} value={field.placeholder ?? ""}
                            onChange={(event) => change({ placeholder: event.target.value })} /></Field>}
                </div>
                {field.type === "list" && <Field label={text.choices} hint={text.choicesHint}
                    error={(field.values ?? []).length === 0 ? text.needsChoices(title) : null}>
                    <textarea rows={3} value={choices} onChange={(event) => {
                        setChoices(event.target.value);
                        change({ values: choicesOf(event.target.value) });
                    }} /></Field>}
            </>}
        </li>
    );
}
