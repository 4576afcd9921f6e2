import type { PreChatField } from "../../../model/preChat";
import { words } from "../../../words";
import { fillAndText, parseColour, toHex } from "../../../../widget/shared/colour";
import { fieldTitle } from "./FieldRow";

const text = words.beforeChat;

/** How the form looks to a visitor, in small. */
export function FormPreview({ message, fields, color }: { message: string; fields: PreChatField[]; color?: string | null }): JSX.Element {
    const { fill, text: on } = fillAndText(parseColour(color));
    const asked = fields.filter((field) => field.enabled);
    return (
        <div className="form-preview" role="img" aria-label={text.preview(asked.map(fieldTitle).join(", "))}>
            <p>{message || text.usualMessage}</p>
            {asked.map((field) => (
                <div key={field.name} data-type={field.type}>
                    <span>{fieldTitle(field)}{!field.required && <i> ({text.optional})</i>}</span>
                    <b>{field.type === "checkbox" ? "" : field.placeholder || (field.type === "list" ? text.choose : "")}</b>
                </div>
            ))}
            <em style={{ background: toHex(fill), color: toHex(on) }}>{text.start}</em>
        </div>
    );
}
