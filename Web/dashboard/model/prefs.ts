import { Cell } from "./cells";

/** What this browser remembers of its person's taste. */
export interface Prefs {
    theme: "system" | "light" | "dark";
    listWidth: number;
    detailsWidth: number;
    detailsShown: boolean;
    /** Notices of this browser were allowed by their button. */
    browserNotices: boolean;
}

export const listBounds = { min: 280, max: 480 };
export const detailsBounds = { min: 260, max: 440 };

const key = "throughline.prefs";
const initial: Prefs = { theme: "system", listWidth: 348, detailsWidth: 304, detailsShown: true, browserNotices: false };

function load(): Prefs {
    try {
        const stored = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Prefs>;
        const merged = { ...initial, ...stored };
        return {
            theme: ["system", "light", "dark"].includes(merged.theme) ? merged.theme : "system",
            listWidth: clamp(Number(merged.listWidth) || initial.listWidth, listBounds),
            detailsWidth: clamp(Number(merged.detailsWidth) || initial.detailsWidth, detailsBounds),
            detailsShown: merged.detailsShown !== false,
            browserNotices: merged.browserNotices === true,
        };
    } catch {
        return initial;
    }
}

export function clamp(value: number, bounds: { min: number; max: number }): number {
    return Math.round(Math.min(bounds.max, Math.max(bounds.min, value)));
}

export const prefs = new Cell<Prefs>(load());

export function change(part: Partial<Prefs>): void {
    prefs.update((now) => ({ ...now, ...part }));
    // A full or forbidden storage costs the memory of taste, nothing else.
    try { localStorage.setItem(key, JSON.stringify(prefs.value)); } catch { /* see above */ }
    applyTheme();
}

const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", applyTheme);

/** Whether it is dark just now, by choice or as the system. */
export const dark = new Cell(false);

export function applyTheme(): void {
    const { theme } = prefs.value;
    dark.set(theme === "dark" || (theme === "system" && system.matches));
    document.documentElement.dataset.theme = dark.value ? "dark" : "light";
}
