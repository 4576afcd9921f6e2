import { post } from "./api";
import { Cell } from "./cells";
import { account, me } from "./session";

/** Who types in which conversation. */
export interface Typist { name: string; agent: boolean; private: boolean }
export const typing = new Cell<Record<number, Typist>>({});

/** A lost "off" must not leave somebody typing for ever. */
const forgottenAfter = 30_000;
const timers = new Map<number, number>();

export function heardTyping(conversation: number, typist: Typist & { id: number }, on: boolean): void {
    if (typist.agent && typist.id === me()?.id) return;
    window.clearTimeout(timers.get(conversation));
    timers.delete(conversation);
    typing.update((now) => {
        const next = { ...now };
        if (on) next[conversation] = typist;
        else delete next[conversation];
        return next;
    });
    if (on) timers.set(conversation, window.setTimeout(() => heardTyping(conversation, typist, false), forgottenAfter));
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
