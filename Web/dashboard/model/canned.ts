import { get } from "./api";
import { Cell } from "./cells";
import { inboxes } from "./directory";
import { account, me } from "./session";
import type { Conversation } from "./types";

/** An answer that the team keeps ready under a short word. */
export interface Canned { id: number; short_code: string; content: string }

export const canned = new Cell<Canned[]>([]);

export async function loadCanned(): Promise<void> {
    canned.set(await get<Canned[]>(account("/canned_responses")));
}

/** By the short word first, then by what stands in the text. */
export function findCanned(query: string): Canned[] {
    const rows = canned.value;
    const short = rows.filter((row) => row.short_code.startsWith(query));
    const rest = query.length < 2 ? [] : rows.filter((row) => !row.short_code.startsWith(query)
        && (row.short_code.includes(query) || row.content.toLowerCase().includes(query)));
    return [...short, ...rest];
}

/** The names that may stand between `{{` and `}}`, and what they stand for in a conversation. */
const variables: Record<string, (conversation: Conversation) => string | null | undefined> = {
    "contact.name": (conversation) => conversation.meta.sender.name,
    "contact.first_name": (conversation) => conversation.meta.sender.name?.split(" ")[0],
    "contact.email": (conversation) => conversation.meta.sender.email,
    "agent.name": () => me()?.available_name ?? me()?.name,
    "agent.first_name": () => (me()?.available_name ?? me()?.name)?.split(" ")[0],
    "conversation.id": (conversation) => String(conversation.id),
    "inbox.name": (conversation) => inboxes.value.find((inbox) => inbox.id === conversation.inbox_id)?.name,
};
export const variableNames = Object.keys(variables);

/** The text with its variables filled in. What is not known stays to be seen, so that it is not sent by accident. */
export function filled(content: string, conversation: Conversation): string {
    return content.replace(/\{\{\s*([a-z_.]{1,40})\s*\}\}/g, (all: string, name: string) => variables[name]?.(conversation) || all);
}
