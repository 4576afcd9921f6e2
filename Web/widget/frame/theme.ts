import { fillAndText, mix, parseColour, readableOn, toHex, WHITE } from "../shared/colour";

const systemDark = matchMedia("(prefers-color-scheme: dark)");

let wanted = "auto";
let colour = "";
/** What the page's launcher wears; the page's script does no colour mathematics. */
export let launcherColours = { fill: "", on: "" };
systemDark.addEventListener("change", () => applyTheme(wanted, colour));

/** Puts the inbox's colour and light or dark on the page, as CSS variables with enough contrast. */
export function applyTheme(darkMode: string, widgetColor: string): void {
    wanted = darkMode;
    colour = widgetColor;
    const dark = darkMode === "dark" || (darkMode === "auto" && systemDark.matches);
    const { fill, text } = fillAndText(parseColour(widgetColor));
    // The far end of the greeting's gradient goes away from the text's own lightness, so contrast only grows.
    const far = text === WHITE ? mix(fill, [10, 12, 40], 0.3) : mix(fill, WHITE, 0.3);
    const root = document.documentElement;
    root.dataset.scheme = dark ? "dark" : "light";
    root.style.setProperty("--fill", toHex(fill));
    root.style.setProperty("--fill-far", toHex(far));
    root.style.setProperty("--on-fill", toHex(text));
    launcherColours = { fill: toHex(fill), on: toHex(text) };
    // The agents' bubbles are the ground nearest to any accent; what can be read there can be read everywhere.
    const soft = parseColour(getComputedStyle(root).getPropertyValue("--soft"));
    root.style.setProperty("--accent", toHex(readableOn(parseColour(widgetColor), soft)));
}
