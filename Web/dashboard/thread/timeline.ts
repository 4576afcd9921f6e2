import { sameDay } from "../model/time";
import type { Message } from "../model/types";
import { MessageType } from "../model/types";

/** What stands in the thread, from top to bottom. */
export type Item =
    | { kind: "day"; key: string; at: number }
    | { kind: "new"; key: string }
    | { kind: "activity"; key: string; messages: Message[] }
    | { kind: "automatic"; key: string; message: Message }
    | { kind: "message"; key: string; message: Message; first: boolean; last: boolean };

/** Messages of one voice within this many seconds stand together. */
const together = 300;

export function timeline(messages: Message[], newFrom: number | null): Item[] {
    const items: Item[] = [];
    let day = 0;
    let previous: Message | null = null;
    for (const message of messages) {
        if (day === 0 || !sameDay(day, message.created_at)) {
            day = message.created_at;
            items.push({ kind: "day", key: `day-${message.id}`, at: day });
            previous = null;
        }
        if (message.id === newFrom) {
            items.push({ kind: "new", key: "new" });
            previous = null;
        }
        if (message.message_type === MessageType.activity) {
            const before = items[items.length - 1];
            if (before?.kind === "activity") before.messages.push(message);
            else items.push({ kind: "activity", key: `activity-${message.id}`, messages: [message] });
            previous = null;
        } else if (message.mail?.outcome === "recorded") {
            items.push({ kind: "automatic", key: key(message), message });
            previous = null;
        } else {
            const first: boolean = previous === null || !oneVoice(previous, message);
            const before = items[items.length - 1];
            if (!first && before?.kind === "message") before.last = false;
            items.push({ kind: "message", key: key(message), message, first, last: true });
            previous = message;
        }
    }
    return items;
}

/** The same key before and after the server has given its id, so that the bubble is not drawn anew. */
function key(message: Message): string {
    return typeof message.echo_id === "string" ? `echo-${message.echo_id}` : `message-${message.id}`;
}

function oneVoice(a: Message, b: Message): boolean {
    return a.message_type === b.message_type && a.private === b.private && a.sender?.id === b.sender?.id
        && (a.held ?? false) === (b.held ?? false)
        && (a.channel ?? "chat") === (b.channel ?? "chat") && b.created_at - a.created_at < together;
}
