import { en, Words } from "./en";

/** The languages beside English, each a file of its own that is only loaded where it is spoken. */
const OTHERS = ["ar", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "sv", "tr", "zh"];
const RIGHT_TO_LEFT = ["ar", "he"];

export let words: Words = en;
/** BCP 47, for dates and for `lang`. */
export let language = "en";

/** The website's own choice first; else the browser's languages in their order; else the inbox's; else English. */
export async function chooseLanguage(asked: string | undefined, useBrowser: boolean | undefined, inbox: string | undefined): Promise<void> {
    const browser = navigator.languages ?? [navigator.language];
    const wishes = (useBrowser || !asked ? [...browser, inbox] : [asked, ...browser]).map((wish) => (wish ?? "").replace(/_/g, "-"));
    const chosen = wishes.find((wish) => base(wish) === "en" || OTHERS.includes(base(wish))) ?? "en";
    const loaded = base(chosen) === "en" ? en : await load(base(chosen));
    words = loaded ?? en;
    language = loaded ? chosen : "en";
    document.documentElement.lang = language;
    document.documentElement.dir = RIGHT_TO_LEFT.includes(base(language)) ? "rtl" : "ltr";
}

export function fill(text: string, values: Record<string, string>): string {
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A language that cannot be fetched must not keep anyone from writing: it is then English. */
async function load(name: string): Promise<Words | null> {
    try {
        const answer = await fetch(`/assets/words-${name}.json`);
        return answer.ok ? { ...en, ...((await answer.json()) as Partial<Words>) } : null;
    } catch {
        return null;
    }
}

function base(tag: string): string {
    return tag.toLowerCase().split("-")[0] ?? "";
}
