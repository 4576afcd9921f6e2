import { Cell } from "./cells";
import type { DeliveryChoice } from "./types";

/** What was begun and not sent, for each conversation. Kept in this browser. */
export interface Draft { reply: string; note: string }
/** A message that the server has not accepted: kept until it has, so that a closed tab loses nothing. */
export interface Unsent { echo: string; content: string; private: boolean; choice: DeliveryChoice; at: number }

const draftKey = (id: number): string => `throughline.draft.${id}`;
const unsentKey = (id: number): string => `throughline.unsent.${id}`;

/** Ids of the conversations with a draft, with its first words. */
export const draftPreviews = new Cell<Record<number, string>>(previews());

function previews(): Record<number, string> {
    const found: Record<number, string> = {};
    try {
        for (let index = 0; index < localStorage.length; index += 1) {
            const id = Number(/^throughline\.draft\.(\d+)$/.exec(localStorage.key(index) ?? "")?.[1]);
            if (id > 0) found[id] = preview(draft(id));
        }
    } catch { /* storage is forbidden: there are no drafts */ }
    return found;
}

function preview(value: Draft): string { return (value.reply || value.note).slice(0, 120); }

export function draft(id: number): Draft {
    const empty = { reply: "", note: "" };
    try { return { ...empty, ...(JSON.parse(localStorage.getItem(draftKey(id)) ?? "{}") as Partial<Draft>) }; } catch { return empty; }
}

export function keepDraft(id: number, value: Draft): void {
    const text = preview(value);
    try {
        if (text === "") localStorage.removeItem(draftKey(id));
        else localStorage.setItem(draftKey(id), JSON.stringify(value));
    } catch { /* the field itself still has it */ }
    draftPreviews.update((now) => {
        if ((now[id] ?? "") === text) return now;
        const next = { ...now };
        if (text === "") delete next[id];
        else next[id] = text;
        return next;
    });
}

export function unsent(id: number): Unsent[] {
    try {
        const stored = JSON.parse(localStorage.getItem(unsentKey(id)) ?? "[]") as unknown;
        return Array.isArray(stored) ? (stored as Unsent[]) : [];
    } catch { return []; }
}

export function keepUnsent(id: number, message: Unsent): void {
    store(id, [...unsent(id).filter((one) => one.echo !== message.echo), message]);
}

export function dropUnsent(id: number, echo: string): void {
    store(id, unsent(id).filter((one) => one.echo !== echo));
}

function store(id: number, messages: Unsent[]): void {
    try {
        if (messages.length === 0) localStorage.removeItem(unsentKey(id));
        else localStorage.setItem(unsentKey(id), JSON.stringify(messages));
    } catch { /* it stays on screen */ }
}
