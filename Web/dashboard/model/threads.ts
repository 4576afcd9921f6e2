import { explain, get, query } from "./api";
import { Table } from "./cells";
import { conversations, load } from "./conversations";
import { account } from "./session";
import type { Message } from "./types";
import { MessageType } from "./types";

/** The messages of one conversation as far as they are loaded: an unbroken run up to the newest, oldest first. */
export interface Thread {
    id: number;
    messages: Message[];
    loaded: boolean;
    older: boolean;
    loadingOlder: boolean;
    error: string | null;
    /** The first message that was unread when the conversation was opened. */
    newFrom: number | null;
    /** Where the reader was, in pixels from the bottom; null is at the bottom. */
    scroll: number | null;
}

const pageSize = 20;
/** Conversations that stay in memory, so that they open again at once. */
const kept = 40;

export const threads = new Table<Thread>();
let recent: number[] = [];

function blank(id: number): Thread {
    return { id, messages: [], loaded: false, older: false, loadingOlder: false, error: null, newFrom: null, scroll: null };
}

export function change(id: number, part: Partial<Thread>): void {
    threads.put({ ...(threads.get(id) ?? blank(id)), ...part });
}

/** Brings a conversation on screen: from memory if it was open before, and then made sure of quietly. */
export async function open(id: number): Promise<void> {
    recent = [id, ...recent.filter((other) => other !== id)];
    recent.slice(kept).forEach((old) => threads.remove(old));
    recent = recent.slice(0, kept);
    const known = threads.get(id);
    change(id, { error: null, newFrom: known === undefined ? null : firstUnread(id, known.messages) });
    try {
        const [answer, conversation] = await Promise.all([
            get<{ payload: Message[] }>(account(`/conversations/${id}/messages`)),
            load(id),
        ]);
        const now = threads.get(id) ?? blank(id);
        const page = answer.payload;
        const first = page[0];
        // If the known part and the page do not touch, messages between them would be missing: start from the page.
        const touching = !now.loaded || first === undefined || now.messages.some((message) => message.id === first.id);
        const base = touching ? now.messages : now.messages.filter((message) => message.local !== undefined);
        const messages = page.reduce(placed, base);
        change(id, {
            messages, loaded: true, error: null,
            older: now.loaded && touching ? now.older : page.length >= pageSize,
            newFrom: now.newFrom ?? newLine(messages, conversation.unread_count, conversation.agent_last_seen_at ?? null),
        });
    } catch (error) {
        change(id, { error: explain(error) });
    }
}

function firstUnread(id: number, messages: Message[]): number | null {
    const conversation = conversations.get(id);
    return conversation === undefined ? null : newLine(messages, conversation.unread_count, conversation.agent_last_seen_at ?? null);
}

/** Where the "New" line stands: before the last `unread` messages of the customer. */
function newLine(messages: Message[], unread: number, seenAt: number | null): number | null {
    if (unread <= 0) return null;
    const incoming = messages.filter((message) => message.message_type === MessageType.incoming);
    const since = seenAt === null ? undefined : incoming.find((message) => message.created_at > seenAt);
    return (since ?? incoming[Math.max(0, incoming.length - unread)])?.id ?? null;
}

export async function loadOlder(id: number): Promise<void> {
    const now = threads.get(id);
    const first = now?.messages.find((message) => message.local === undefined);
    if (now === undefined || first === undefined || now.loadingOlder || !now.older) return;
    change(id, { loadingOlder: true });
    try {
        const answer = await get<{ payload: Message[] }>(account(`/conversations/${id}/messages`) + query({ before: first.id }));
        const present = threads.get(id) ?? now;
        change(id, { messages: answer.payload.reduce(placed, present.messages), older: answer.payload.length >= pageSize,
            loadingOlder: false });
    } catch (error) {
        change(id, { loadingOlder: false, error: explain(error) });
    }
}

/** A message from the stream or from an answer; only conversations in memory care. */
export function noteMessage(message: Message): void {
    // A held mail that an agent moved out stands in another conversation from now on.
    for (const other of [...threads.values()]) {
        if (other.id !== message.conversation_id && other.messages.some((one) => one.id === message.id)) drop(other.id, message.id);
    }
    const thread = threads.get(message.conversation_id);
    if (thread === undefined) return;
    const first = thread.messages.find((one) => one.local === undefined);
    const known = thread.messages.some((one) => one.id === message.id);
    // An update of a message that is older than what is loaded comes with its page.
    if (!known && first !== undefined && message.id < first.id) return;
    change(thread.id, { messages: placed(thread.messages, message) });
}

export function drop(conversation: number, message: number): void {
    const thread = threads.get(conversation);
    if (thread !== undefined) change(conversation, { messages: thread.messages.filter((one) => one.id !== message) });
}

/** The list with one message put in or replaced. The same `echo_id` is the same message: ours gives way to the server's. */
export function placed(messages: Message[], message: Message): Message[] {
    const same = (one: Message): boolean =>
        one.id === message.id || (one.local !== undefined && typeof message.echo_id === "string" && one.echo_id === message.echo_id);
    const old = messages.find(same);
    const rest = messages.filter((one) => !same(one));
    const complete = old === undefined || old.local !== undefined ? message : { ...old, ...message };
    let at = rest.length;
    while (at > 0) {
        const before = rest[at - 1];
        if (before === undefined || (before.local === undefined && (message.local !== undefined || before.id < message.id))) break;
        if (before.local !== undefined && message.local !== undefined) break;
        at -= 1;
    }
    return [...rest.slice(0, at), complete, ...rest.slice(at)];
}

/** After a gap in the stream nothing in memory can be trusted. */
export function forget(): void {
    recent = [];
    const unsent = [...threads.values()].map((thread) =>
        ({ ...blank(thread.id), messages: thread.messages.filter((one) => one.local !== undefined) }));
    threads.clear();
    threads.putAll(unsent.filter((thread) => thread.messages.length > 0));
}
