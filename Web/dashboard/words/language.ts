/** The languages that the dashboard speaks, as each calls itself. */
export const languages = { en: "English", de: "Deutsch", fr: "Français", es: "Español" };
export type Language = keyof typeof languages;

export const isLanguage = (name: unknown): name is Language => typeof name === "string" && Object.keys(languages).includes(name);

/** The server keeps what an agent chose; the browser remembers it, so that the page need not ask before its first word. */
const key = "throughline.language";

export function keptLanguage(): Language | null {
    try {
        const kept = localStorage.getItem(key);
        return isLanguage(kept) ? kept : null;
    } catch {
        return null;
    }
}

/** nil: as the browser. */
export function keepLanguage(language: Language | null): void {
    try {
        if (language === null) localStorage.removeItem(key);
        else localStorage.setItem(key, language);
    } catch { /* Without storage it is the browser's. */ }
}

/** What the page speaks: chosen, else the first of the browser's that there is, else English. */
export function pageLanguage(): Language {
    return keptLanguage() ?? navigator.languages.map((name) => name.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";
}

/** How times are written: in a language, in the reader's manner of it. */
export const localeOf = (language: Language): string => navigator.languages.find((name) => name.slice(0, 2).toLowerCase() === language) ?? language;
