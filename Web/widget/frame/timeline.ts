import { Bubble, fromMessage, fromPending } from "./bubble";
import { dayKey } from "./dates";
import type { Pending } from "./outbox";
import { isOwn, isShown, Thread } from "./thread";

export type Item =
    | { kind: "day"; key: string; at: number }
    | { kind: "new"; key: string }
    | { kind: "bubble"; key: string; bubble: Bubble; watch: boolean }
    | { kind: "reach"; key: string }
    | { kind: "closed"; key: string };

/** A pause after which the same person's next message gets its own name and time, in seconds. */
const PAUSE = 300;

/** The conversation as it reads from top to bottom. `reachAfter` is the key of the bubble below which the email card stands. */
export function timeline(thread: Thread, pending: readonly Pending[], siteName: string, newFrom: number | null, reachAfter: string | null): Item[] {
    const shown = thread.messages.filter(isShown);
    const waiting = pending.filter((p) => !thread.hasEcho(p.echo));
    const bubbles = [...shown.map((m) => fromMessage(m, thread.keyOf(m), siteName)), ...waiting.map(fromPending)];

    const items: Item[] = [];
    let reachPlaced = reachAfter === null;
    bubbles.forEach((bubble, i) => {
        const before = bubbles[i - 1];
        const after = bubbles[i + 1];
        if (!before || dayKey(before.at) !== dayKey(bubble.at)) items.push({ kind: "day", key: "day" + dayKey(bubble.at), at: bubble.at });
        if (newFrom !== null && bubble.id === newFrom) items.push({ kind: "new", key: "new" });
        bubble.first = !before || !together(before, bubble) || before.key === reachAfter;
        bubble.last = !after || !together(bubble, after) || bubble.key === reachAfter;
        items.push({ kind: "bubble", key: bubble.key, bubble, watch: !bubble.own && bubble.id !== null });
        if (bubble.key === reachAfter) {
            items.push({ kind: "reach", key: "reach" });
            reachPlaced = true;
        }
    });
    const newestOwn = [...bubbles].reverse().find((b) => b.own);
    if (newestOwn && newestOwn === bubbles[bubbles.length - 1] && newestOwn.state === "sent" && !newestOwn.byEmail) newestOwn.newestOwn = true;
    if (!reachPlaced && bubbles.length) items.push({ kind: "reach", key: "reach" });
    if (thread.conversation?.status === "resolved" && bubbles.length) items.push({ kind: "closed", key: "closed" });
    return items;
}

function together(a: Bubble, b: Bubble): boolean {
    return a.own === b.own && a.name === b.name && b.at - a.at < PAUSE && dayKey(a.at) === dayKey(b.at) && a.byEmail === b.byEmail;
}

/** The key of the visitor's newest bubble: the email card is put below it. */
export function newestOwnKey(thread: Thread, pending: readonly Pending[]): string | null {
    const waiting = pending.filter((p) => !thread.hasEcho(p.echo));
    const lastWaiting = waiting[waiting.length - 1];
    if (lastWaiting) return lastWaiting.echo;
    const own = thread.messages.filter((m) => isShown(m) && isOwn(m));
    const last = own[own.length - 1];
    return last ? thread.keyOf(last) : null;
}
