import { en, Words } from "./en";
import { others } from "./others";

const RIGHT_TO_LEFT = ["ar", "he", "fa", "ur"];

export let words: Words = en;
/** BCP 47, for dates and for `lang`. */
export let language = "en";

/** The website's own choice first; else the browser's languages in their order; else the inbox's. */
export function chooseLanguage(asked: string | undefined, useBrowser: boolean | undefined, inbox: string | undefined): void {
    const browser = navigator.languages ?? [navigator.language];
    const wishes = useBrowser || !asked ? [...browser, inbox] : [asked, ...browser];
    for (const wish of wishes) {
        const tag = (wish ?? "").replace(/_/g, "-");
        const base = tag.toLowerCase().split("-")[0] ?? "";
        if (base !== "en" && !others[base]) continue;
        words = { ...en, ...others[base] };
        language = tag;
        break;
    }
    document.documentElement.lang = language;
    document.documentElement.dir = RIGHT_TO_LEFT.includes(language.toLowerCase().split("-")[0] ?? "") ? "rtl" : "ltr";
}

export function fill(text: string, values: Record<string, string>): string {
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
