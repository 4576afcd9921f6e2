import { explain } from "./api";
import { Cell } from "./cells";

export interface Toast { id: number; text: string; tone: "plain" | "error"; action?: { label: string; run: () => void } }

export const toasts = new Cell<Toast[]>([]);
let last = 0;

export function say(text: string, tone: Toast["tone"] = "plain", action?: Toast["action"], lasts = tone === "error" ? 9000 : 5000): void {
    last += 1;
    const id = last;
    toasts.update((now) => [...now.slice(-2), { id, text, tone, action }]);
    window.setTimeout(() => dismiss(id), lasts);
}

export function dismiss(id: number): void {
    toasts.update((now) => now.filter((toast) => toast.id !== id));
}

/** Runs something that may fail; a failure becomes a sentence on screen, with the way to try again. */
export async function attempt(work: () => Promise<unknown>, retryLabel?: string): Promise<boolean> {
    try {
        await work();
        return true;
    } catch (error) {
        say(explain(error), "error", retryLabel === undefined ? undefined
            : { label: retryLabel, run: () => void attempt(work, retryLabel) });
        return false;
    }
}
