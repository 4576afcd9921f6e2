import { fillAndText, mix, parseColour, readableOn, RGB, toHex, WHITE } from "../shared/colour";

const DARK_GROUND: RGB = [34, 36, 42];
const LIGHT_GROUND: RGB = [242, 242, 244];
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
    root.style.setProperty("--accent", toHex(readableOn(parseColour(widgetColor), dark ? DARK_GROUND : LIGHT_GROUND)));
}
