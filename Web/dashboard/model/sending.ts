import { words } from "../words";
import { explain, post } from "./api";
import { conversations, noteMessage as noteInRow, setStatus } from "./conversations";
import { addToDraft, dropUnsent, keepUnsent, unsent } from "./drafts";
import { current } from "./route";
import { account, me } from "./session";
import { change, drop, noteMessage, placed, threads } from "./threads";
import { nowSeconds } from "./time";
import { attempt, say } from "./toasts";
import { suggestion } from "./suggestion";
import type { Afterwards, DeliveryChoice, Message } from "./types";
import { MessageType } from "./types";

export interface Outgoing { content: string; private: boolean; files: File[]; choice: DeliveryChoice; copies: string[]; then: Afterwards | null }

/** Ids of our own messages until the server gives one; below zero, so that they never meet a real one. */
let localID = -1;

function newEcho(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function draw(conversation: number, echo: string, outgoing: Outgoing, at: number): Message {
    const profile = me();
    localID -= 1;
    return {
        id: localID, conversation_id: conversation, content: outgoing.content, message_type: MessageType.outgoing,
            private: outgoing.private,
        created_at: at, echo_id: echo, channel: conversations.get(conversation)?.continuity?.mode ?? "chat", attachments: [],
        sender: profile === null ? null
            : { id: profile.id, name: profile.available_name ?? profile.name, avatar_url: profile.avatar_url, type: "user" },
        local: { state: "sending", files: outgoing.files, choice: outgoing.choice, copies: outgoing.copies, then: outgoing.then },
    };
}

/** Shows the message at once, then sends it. The echo id makes a second try the same message. */
export async function send(conversation: number, outgoing: Outgoing): Promise<void> {
    const echo = newEcho();
    const at = Math.floor(Date.now() / 1000);
    const message = draw(conversation, echo, outgoing, at);
    keepUnsent(conversation, { echo, content: outgoing.content, private: outgoing.private, choice: outgoing.choice, copies: outgoing.copies, at });
    change(conversation, { messages: placed(threads.get(conversation)?.messages ?? [], message), newFrom: null });
    await transmit(message);
}

export async function transmit(message: Message): Promise<void> {
    const local = message.local;
    if (local === undefined || typeof message.echo_id !== "string") return;
    mark(message, { ...local, state: "sending", error: undefined });
    const attributes: Record<string, string> = {
        ...(message.private || local.choice === "auto" ? {} : { delivery: local.choice }),
        ...(message.private || local.copies.length === 0 ? {} : { cc_emails: local.copies.join(",") }),
    };
    try {
        const answer = await post<Message>(account(`/conversations/${message.conversation_id}/messages`),
            body(message, local.files, attributes));
        dropUnsent(message.conversation_id, message.echo_id);
        const accepted = { ...answer, conversation_id: message.conversation_id, echo_id: message.echo_id };
        noteMessage(accepted);
        noteInRow(accepted);
        const { then } = local;
        if (then !== null) {
            void attempt(() => setStatus(message.conversation_id, then.status, then.status === "snoozed" ? then.until : null));
        }
        offerUndo(accepted);
    } catch (error) {
        mark(message, { ...local, state: "unsent", error: explain(error) });
    }
}

/** An answer that leaves as mail in a moment can be taken back until then; its text comes back into the field. */
function offerUndo(message: Message): void {
    const until = message.delivery?.state === "waiting" ? message.delivery.until : null;
    if (message.channel !== "email" || until === null || until === undefined) return;
    const left = Math.floor(until - nowSeconds());
    if (left < 2) return;
    say(words.composer.emailLeaves, "plain", { label: words.thread.undo, run: () => void attempt(() => undoSent(message)) }, left * 1000);
}

export async function undoSent(message: Message): Promise<void> {
    await act(message, "delivery", "undo");
    if (!message.content) return;
    if (message.conversation_id !== current()) await addToDraft(message.conversation_id, message.content);
    else suggestion.set({ conversation: message.conversation_id, text: message.content, note: false, copies: copiesOf(message) });
}

/** Who was to get a copy, as the message says it. */
function copiesOf(message: Message): string[] {
    const named = message.content_attributes?.cc_emails;
    return message.local?.copies ?? (Array.isArray(named) ? named.filter((one): one is string => typeof one === "string") : []);
}

function body(message: Message, files: File[], attributes: Record<string, string>): FormData | Record<string, unknown> {
    if (files.length === 0) {
        return {
            content: message.content, message_type: "outgoing", private: message.private, echo_id: message.echo_id,
                content_attributes: attributes,
        };
    }
    const form = new FormData();
    form.append("content", message.content ?? "");
    form.append("message_type", "outgoing");
    form.append("private", String(message.private));
    form.append("echo_id", message.echo_id ?? "");
    for (const [name, value] of Object.entries(attributes)) form.append(`content_attributes[${name}]`, value);
    files.forEach((file) => form.append("attachments[]", file, file.name || words.composer.unnamedFile));
    return form;
}

function mark(message: Message, local: Message["local"]): void {
    const thread = threads.get(message.conversation_id);
    if (thread === undefined) return;
    // The stream may have brought the accepted message before the answer failed to come.
    const stillOurs = thread.messages.some((one) => one.id === message.id);
    if (stillOurs) change(thread.id, { messages: thread.messages.map((one) => (one.id === message.id ? { ...one, local } : one)) });
}

/** Takes an unsent message off the screen, to write it anew. Its text and who was to get a copy come back. */
export function takeBack(message: Message): void {
    if (typeof message.echo_id === "string") dropUnsent(message.conversation_id, message.echo_id);
    drop(message.conversation_id, message.id);
    const note = message.private === true;
    suggestion.set({ conversation: message.conversation_id, text: message.content ?? "", note, copies: note ? undefined : copiesOf(message) });
}

/** Messages that an earlier visit could not send stand in the thread again, waiting for a decision. */
export function recoverUnsent(conversation: number): void {
    const shown = new Set((threads.get(conversation)?.messages ?? []).map((message) => message.echo_id));
    unsent(conversation).forEach((one) => {
        if (shown.has(one.echo)) {
            dropUnsent(conversation, one.echo);
            return;
        }
        const message = draw(conversation, one.echo,
            { content: one.content, private: one.private, files: [], choice: one.choice, copies: one.copies ?? [], then: null }, one.at);
        message.local = { state: "unsent", error: words.composer.interrupted, files: [], choice: one.choice, copies: one.copies ?? [], then: null };
        change(conversation, { messages: placed(threads.get(conversation)?.messages ?? [], message) });
    });
}

export type DeliveryAction = "send_now" | "chat_only" | "try_again" | "change_address" | "undo";
export type HeldAction = "agent" | "same_person" | "participant" | "separate" | "discard";

export async function act(message: Message, path: "delivery" | "held", action: DeliveryAction | HeldAction,
    more: Record<string, string> = {}): Promise<void> {
    const answer = await post<Message | null>(account(`/conversations/${message.conversation_id}/messages/${message.id}/${path}`),
        { action, ...more });
    if (answer !== null && typeof answer === "object" && answer.id === message.id) {
        noteMessage({ ...answer, conversation_id: message.conversation_id });
    }
}
