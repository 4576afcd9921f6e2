import { post } from "./api";
import { Cell } from "./cells";
import { account, me } from "./session";

/** Who types in which conversation: its customer, and any number of colleagues. */
export interface Typist { id: number; name: string; agent: boolean; private: boolean }
export const typing = new Cell<Record<number, Typist[]>>({});

/** A lost "off" must not leave somebody typing for ever. */
const forgottenAfter = 30_000;
const timers = new Map<string, number>();

/** A conversation has one customer, whatever number their events bear. */
const key = (typist: Typist): string => (typist.agent ? `agent-${typist.id}` : "customer");

export function heardTyping(conversation: number, typist: Typist, on: boolean): void {
    if (typist.agent && typist.id === me()?.id) return;
    const who = key(typist);
    const timer = `${conversation}-${who}`;
    window.clearTimeout(timers.get(timer));
    timers.delete(timer);
    typing.update((now) => {
        const others = (now[conversation] ?? []).filter((one) => key(one) !== who);
        if (!on && others.length === (now[conversation]?.length ?? 0)) return now;
        const next = { ...now, [conversation]: on ? [...others, typist] : others };
        if (next[conversation]?.length === 0) delete next[conversation];
        return next;
    });
    if (on) timers.set(timer, window.setTimeout(() => heardTyping(conversation, typist, false), forgottenAfter));
}

/** Our own typing: said when it begins, again every 10 s, and off 5 s after the last key. */
const repeatAfter = 10_000;
const quietAfter = 5_000;
let said: { conversation: number; private: boolean; at: number } | null = null;
let quiet = 0;

export function typed(conversation: number, isPrivate: boolean): void {
    const now = Date.now();
    if (said !== null && (said.conversation !== conversation || said.private !== isPrivate)) stopTyping();
    if (said === null || now - said.at > repeatAfter) {
        said = { conversation, private: isPrivate, at: now };
        tell(conversation, isPrivate, "on");
    }
    window.clearTimeout(quiet);
    quiet = window.setTimeout(stopTyping, quietAfter);
}

export function stopTyping(): void {
    window.clearTimeout(quiet);
    if (said === null) return;
    tell(said.conversation, said.private, "off");
    said = null;
}

function tell(conversation: number, isPrivate: boolean, status: "on" | "off"): void {
    // Typing is a courtesy: when it cannot be told, nothing is to be done.
    void post(account(`/conversations/${conversation}/toggle_typing_status`), { typing_status: status, is_private: isPrivate })
        .catch(() => undefined);
}
