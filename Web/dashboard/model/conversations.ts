import { get, post } from "./api";
import { Cell, Table } from "./cells";
import { current, go } from "./route";
import { account, me } from "./session";
import type { Conversation, MailParticipant, Message, Presence, Priority, Status } from "./types";
import { MessageType } from "./types";

/** Every conversation that this page knows, newest knowledge first. */
export const conversations = new Table<Conversation>();

/** Presence by contact, as the stream tells it; it overrides what the conversation was loaded with. */
export const presences = new Cell<Record<string, "online" | "busy" | "offline">>({});

type Listener = (conversation: Conversation, before: Conversation | undefined) => void;
const followers = new Set<Listener>();
/** Told of every conversation that comes in or changes. */
export function follow(listener: Listener): void { followers.add(listener); }

/** Takes in what the server says. An event may carry less than a list row, so fields that are missing keep their value. */
export function learn(fresh: Conversation): Conversation {
    const before = conversations.get(fresh.id);
    const known = Object.fromEntries(Object.entries(fresh).filter(([, value]) => value !== undefined)) as unknown as Conversation;
    if (known.continuity === null) delete known.continuity;
    const meta = {
        ...before?.meta, ...fresh.meta, sender: { ...before?.meta.sender, ...fresh.meta?.sender },
        // Nobody assigned may be said by leaving the field out.
        assignee: fresh.meta === undefined ? before?.meta.assignee : fresh.meta.assignee ?? null,
        team: fresh.meta === undefined ? before?.meta.team : fresh.meta.team ?? null,
    } as Conversation["meta"];
    const merged: Conversation = { ...before, ...known, meta };
    if (fresh.last_non_activity_message === undefined && before === undefined) merged.last_non_activity_message = newest(fresh.messages);
    merged.labels = merged.labels ?? [];
    merged.unread_count = merged.unread_count ?? 0;
    merged.last_activity_at = merged.last_activity_at ?? merged.timestamp ?? merged.created_at;
    conversations.put(merged);
    followers.forEach((listener) => listener(merged, before));
    return merged;
}

export function learnAll(rows: readonly Conversation[]): void { rows.forEach(learn); }

function newest(messages: Message[] | undefined): Message | null {
    const said = (messages ?? []).filter((message) => message.message_type !== MessageType.activity);
    return said[said.length - 1] ?? null;
}

/** A message came or changed: the row shows it without asking the server. */
export function noteMessage(message: Message): void {
    const conversation = conversations.get(message.conversation_id);
    if (conversation === undefined) {
        void load(message.conversation_id).catch(() => undefined);
        return;
    }
    const last = conversation.last_non_activity_message;
    const counts = message.message_type !== MessageType.activity && (last === null || last === undefined || message.id >= last.id);
    const inEvent = message.conversation;
    learn({
        ...conversation,
        last_non_activity_message: counts ? message : last,
        unread_count: inEvent?.unread_count ?? conversation.unread_count,
        last_activity_at: Math.max(conversation.last_activity_at, inEvent?.last_activity_at ?? 0, counts ? message.created_at : 0),
    });
}

export async function load(id: number): Promise<Conversation> {
    const found = learn(await get<Conversation>(account(`/conversations/${id}`)));
    // The number of a conversation that went into another one answers with that one.
    if (found.id !== id && current() === id) go({ page: "conversations", id: found.id }, true);
    return found;
}

export function presence(conversation: Conversation, live: Record<string, string>): Presence {
    const heard = live[String(conversation.meta.sender.id)];
    if (heard === "online") return "looking";
    if (heard === "busy") return "open";
    if (heard === "offline") return "gone";
    if (conversation.continuity) return conversation.continuity.presence;
    const status = conversation.meta.sender.availability_status;
    return status === "online" ? "looking" : status === "busy" ? "open" : "gone";
}

/** Changes a conversation on screen at once and takes it back if the server refuses. */
async function change(id: number, part: Partial<Conversation>, work: () => Promise<unknown>): Promise<void> {
    const before = conversations.get(id);
    if (before !== undefined) learn({ ...before, ...part });
    try {
        await work();
    } catch (error) {
        if (before !== undefined) learn(before);
        throw error;
    }
}

export function setStatus(id: number, status: Status, snoozedUntil: number | null = null): Promise<void> {
    return change(id, { status, snoozed_until: snoozedUntil }, () =>
        post(account(`/conversations/${id}/toggle_status`), { status, ...(snoozedUntil === null ? {} : { snoozed_until: snoozedUntil }) }));
}

export function setPriority(id: number, priority: Priority | null): Promise<void> {
    return change(id, { priority }, () => post(account(`/conversations/${id}/toggle_priority`), { priority: priority ?? "none" }));
}

export function setLabels(id: number, labels: string[]): Promise<void> {
    return change(id, { labels }, () => post(account(`/conversations/${id}/labels`), { labels }));
}

export async function assign(id: number, assignee: Conversation["meta"]["assignee"]): Promise<void> {
    const before = conversations.get(id);
    if (before === undefined) return;
    await change(id, { meta: { ...before.meta, assignee } }, () =>
        post(account(`/conversations/${id}/assignments`), { assignee_id: assignee?.id ?? null }));
}

export async function assignTeam(id: number, team: Conversation["meta"]["team"]): Promise<void> {
    const before = conversations.get(id);
    if (before === undefined) return;
    await change(id, { meta: { ...before.meta, team } }, () =>
        post(account(`/conversations/${id}/assignments`), { team_id: team?.id ?? null }));
}

/** Sets one attribute of a conversation; null takes it away. */
export async function setAttribute(id: number, name: string, value: string | null): Promise<void> {
    const answer = value === null
        ? await post<{ custom_attributes: Record<string, unknown> }>(account(`/conversations/${id}/destroy_custom_attributes`),
            { custom_attributes: [name] })
        : await post<{ custom_attributes: Record<string, unknown> }>(account(`/conversations/${id}/custom_attributes`),
            { custom_attributes: { [name]: value }, merge: true });
    const known = conversations.get(id);
    if (known !== undefined) learn({ ...known, custom_attributes: answer.custom_attributes });
}

export function isMine(conversation: Conversation): boolean {
    return conversation.meta.assignee?.id !== undefined && conversation.meta.assignee.id === me()?.id;
}

/** The agent has the conversation before their eyes. */
export function markRead(id: number): void {
    const conversation = conversations.get(id);
    if (conversation === undefined || conversation.unread_count === 0) return;
    learn({ ...conversation, unread_count: 0 });
    void post(account(`/conversations/${id}/update_last_seen`)).catch(() => undefined);
}

/** Mail leaves again after too many automatic answers had stopped it. */
export async function resumeMail(id: number): Promise<void> {
    learn(await post<Conversation>(account(`/conversations/${id}/resume_mail`)));
}

/** Puts a conversation into another one; gives the number that both have from now on. */
export async function mergeConversations(base: number, mergee: number): Promise<number> {
    const merged = learn(await post<Conversation>(account("/actions/conversation_merge"),
        { base_conversation_id: base, mergee_conversation_id: mergee }));
    conversations.remove(mergee);
    return merged.id;
}

/** Whose mail is let into a conversation. Nobody is ever written to for standing here. */
export async function setParticipant(id: number, address: string, standing: MailParticipant["standing"] | "none"): Promise<void> {
    await post(account(`/conversations/${id}/mail_participants`), { address, standing });
    await load(id);
}
