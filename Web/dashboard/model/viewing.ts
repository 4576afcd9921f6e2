import { get, parting, post } from "./api";
import { Cell } from "./cells";
import { account, me } from "./session";
import { nowSeconds } from "./time";

/** A colleague who has a conversation on screen; counts until then, unless they say it again. */
export interface Viewer { id: number; name: string; thumbnail?: string | null; until: number }
interface Heard { conversation?: { id?: number }; user?: { id?: number; name?: string; available_name?: string; thumbnail?: string }; until?: number | null }

/** So many seconds a colleague counts as looking, unless they say it again: the server's own bound. */
const countsFor = 90;

/** Colleagues by the conversation that they look at. */
export const viewers = new Cell<Record<number, Viewer[]>>({});

export function heardViewing({ conversation, user, until }: Heard): void {
    const id = conversation?.id;
    const who = user?.id;
    if (typeof id !== "number" || typeof who !== "number" || who === me()?.id) return;
    // Counted from now: the server's clock and this computer's need not agree.
    const viewer = typeof until !== "number" ? null
        : { id: who, name: user?.available_name || user?.name || "", thumbnail: user?.thumbnail, until: nowSeconds() + countsFor };
    viewers.update((now) => put(now, id, [...(now[id] ?? []).filter((one) => one.id !== who), ...(viewer === null ? [] : [viewer])]));
}

function put(now: Record<number, Viewer[]>, id: number, list: Viewer[]): Record<number, Viewer[]> {
    const next = { ...now, [id]: list };
    if (list.length === 0) delete next[id];
    return next;
}

export async function loadViewers(): Promise<void> {
    const answer = await get<{ payload: Heard[] }>(account("/conversations/viewers"));
    viewers.set({});
    answer.payload.forEach(heardViewing);
}

/** Whoever left without a word is forgotten. */
window.setInterval(() => {
    const now = nowSeconds();
    for (const [id, list] of Object.entries(viewers.value)) {
        const here = list.filter((one) => one.until > now);
        if (here.length < list.length) viewers.update((all) => put(all, Number(id), here));
    }
}, 10_000);

const repeatAfter = 60_000;

/** Says that this conversation is on screen, for as long as it is and somebody may look at the page. Gives the way to end it. */
export function look(id: number): () => void {
    const path = account(`/conversations/${id}/viewing`);
    let said = false;
    const say = (): void => {
        said = document.visibilityState === "visible";
        // A courtesy: when it cannot be told, nothing is to be done.
        if (said) void post(path, { viewing: true }).catch(() => undefined);
    };
    const leave = (): void => {
        if (said) parting("POST", path, { viewing: false });
        said = false;
    };
    const turn = (): void => (document.visibilityState === "visible" ? say() : leave());
    say();
    const timer = window.setInterval(say, repeatAfter);
    document.addEventListener("visibilitychange", turn);
    window.addEventListener("pagehide", leave);
    return () => {
        window.clearInterval(timer);
        document.removeEventListener("visibilitychange", turn);
        window.removeEventListener("pagehide", leave);
        leave();
    };
}
