import { useState } from "react";
import { fieldTypes, freshName, longestText } from "../../../model/preChat";
import type { FieldType, PreChatField } from "../../../model/preChat";
import { Icon } from "../../../parts/Icon";
import { Field } from "../../../parts/Small";
import { words } from "../../../words";

const text = words.beforeChat;
const owners = ["contact_attribute", "conversation_attribute"] as const;

/** A field of the website's own: what is asked, what kind of answer it wants, and whose answer it is. */
export function NewField({ fields, add }: { fields: PreChatField[]; add: (field: PreChatField) => void }): JSX.Element {
    const [label, setLabel] = useState<string | null>(null);
    const [type, setType] = useState<FieldType>("text");
    const [owner, setOwner] = useState<(typeof owners)[number]>("conversation_attribute");
    if (label === null) {
        return <button type="button" className="button small before-chat-add" onClick={() => setLabel("")}>
            <Icon name="plus" size={14} />{text.add}</button>;
    }
    const done = (): void => {
        const values = type === "list" ? { values: [] } : {};
        add({ name: freshName(label, fields), label: label.trim(), placeholder: "", type, field_type: owner, enabled: true, required: false, ...values });
        setLabel(null);
    };
    return (
        <fieldset className="before-chat-new">
            <legend>{text.addTitle}</legend>
            <Field label={text.label}><input autoFocus maxLength={longestText} value={label} onChange={(event) => setLabel(event.target.value)} /></Field>
            <div className="before-chat-texts">
                <Field label={text.type}>
                    <select value={type} onChange={(event) => setType(event.target.value as FieldType)}>
                        {fieldTypes.map((one) => <option key={one} value={one}>{text.types[one]}</option>)}</select></Field>
                <Field label={text.owner}>
                    <select value={owner} onChange={(event) => setOwner(event.target.value as (typeof owners)[number])}>
                        {owners.map((one) => <option key={one} value={one}>{text.owners[one]}</option>)}</select></Field>
            </div>
            <div className="form-buttons">
                <button type="button" className="button small primary" disabled={label.trim() === ""} onClick={done}>{text.addNow}</button>
                <button type="button" className="button small" onClick={() => setLabel(null)}>{text.cancel}</button></div>
        </fieldset>
    );
}
