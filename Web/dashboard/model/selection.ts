import { post } from "./api";
import { Cell } from "./cells";
import { account } from "./session";
import { say } from "./toasts";
import { words } from "../words";

/** The conversations that one change is meant for. */
export const selection = new Cell<ReadonlySet<number>>(new Set());
const most = 100;

export function toggle(id: number): void {
    selection.update((now) => {
        const next = new Set(now);
        if (!next.delete(id)) {
            if (next.size >= most) say(words.bulk.most(most), "error");
            else next.add(id);
        }
        return next;
    });
}

/** All of these, as far as one change takes them. */
export function selectMany(ids: readonly number[]): void {
    if (ids.length > most) say(words.bulk.most(most));
    selection.set(new Set(ids.slice(0, most)));
}

export function clearSelection(): void { if (selection.value.size > 0) selection.set(new Set()); }

/** One change on all that are selected; the rows change by their events. */
export async function changeSelected(change: { fields?: Record<string, unknown>; labels?: { add?: string[]; remove?: string[] };
    snoozed_until?: number }): Promise<void> {
    const ids = [...selection.value];
    const answer = await post<{ refused: { id: number; error: string }[] }>(account("/bulk_actions"), { type: "Conversation", ids, ...change });
    selection.set(new Set(answer.refused.map((one) => one.id)));
    const first = answer.refused[0];
    if (first === undefined) say(words.bulk.done(ids.length));
    else say(words.bulk.refused(answer.refused.length, first.error), "error");
}
