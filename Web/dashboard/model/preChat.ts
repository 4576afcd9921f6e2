/** The form before the chat, as the API has it. What else a field carries is given back as it came. */
export interface PreChatField {
    name: string;
    label?: string | null;
    placeholder?: string | null;
    type: string;
    field_type: "standard" | "contact_attribute" | "conversation_attribute";
    enabled: boolean;
    required: boolean;
    values?: string[];
}

export interface PreChatOptions { pre_chat_message?: string | null; pre_chat_fields?: PreChatField[] }

export interface PreChat { pre_chat_form_enabled: boolean; pre_chat_form_options: { pre_chat_message: string; pre_chat_fields: PreChatField[] } }

export const fieldTypes = ["text", "number", "link", "date", "list", "checkbox"] as const;
export type FieldType = (typeof fieldTypes)[number];

/** The server's bounds. */
export const mostFields = 20;
export const longestText = 255;
export const longestMessage = 2000;

const standard: PreChatField[] = [
    { name: "emailAddress", type: "email", field_type: "standard", enabled: true, required: true, label: "", placeholder: "" },
    { name: "fullName", type: "text", field_type: "standard", enabled: true, required: false, label: "", placeholder: "" },
    { name: "phoneNumber", type: "text", field_type: "standard", enabled: false, required: false, label: "", placeholder: "" },
];

/** What an inbox has, with the three fields that every contact has among them. */
export function preChatOf(inbox: { pre_chat_form_enabled?: boolean; pre_chat_form_options?: PreChatOptions | null }): PreChat {
    const kept = inbox.pre_chat_form_options?.pre_chat_fields;
    const fields = Array.isArray(kept) ? kept : [];
    // In a form that somebody has made, a field that is missing is one that is not asked.
    const missing = standard.filter((own) => !fields.some((one) => one.name === own.name))
        .map((own) => (fields.length === 0 ? own : { ...own, enabled: false }));
    return {
        pre_chat_form_enabled: inbox.pre_chat_form_enabled === true,
        pre_chat_form_options: { pre_chat_message: inbox.pre_chat_form_options?.pre_chat_message ?? "", pre_chat_fields: [...fields, ...missing] },
    };
}

/** The fields with one of them a place further up (-1) or down (1). */
export function moved(fields: PreChatField[], from: number, by: -1 | 1): PreChatField[] {
    const next = [...fields];
    const [one] = next.splice(from, 1);
    if (one !== undefined) next.splice(from + by, 0, one);
    return next;
}

/** The name under which an answer is kept: from the label, of letters that every program takes, and not there yet. */
export function freshName(label: string, fields: PreChatField[]): string {
    const base = label.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 40) || "field";
    const taken = new Set(fields.map((field) => field.name));
    for (let count = 1; ; count += 1) {
        const name = count === 1 ? base : `${base}_${count}`;
        if (!taken.has(name)) return name;
    }
}

/** The choices of a list, one a line. */
export function choicesOf(text: string): string[] {
    return [...new Set(text.split("\n").map((line) => line.trim()).filter((line) => line !== ""))];
}

/** Every list has something to choose from. */
export function isWholeForm(fields: PreChatField[]): boolean {
    return fields.every((field) => field.type !== "list" || (field.values ?? []).length > 0);
}
