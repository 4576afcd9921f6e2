/** Colours that can be read, from whatever colour the inbox was given (WCAG 2.2 contrast, SC 1.4.3 and 1.4.11). */

export type RGB = readonly [number, number, number];

export const DEFAULT_COLOUR = "#1f93ff";

/** Reads `#rgb` and `#rrggbb`; anything else is the default. */
export function parseColour(text: string | null | undefined): RGB {
    let hex = (text ?? "").trim().replace(/^#/, "");
    if (/^[0-9a-f]{3}$/i.test(hex)) hex = hex.replace(/./g, "$&$&");
    if (!/^[0-9a-f]{6}$/i.test(hex)) hex = DEFAULT_COLOUR.slice(1);
    const n = parseInt(hex, 16);
    return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

export function toHex(colour: RGB): string {
    return "#" + colour.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("");
}

export function luminance(colour: RGB): number {
    const [r, g, b] = colour.map((c) => {
        const s = c / 255;
        return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: RGB, b: RGB): number {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** `share` of b in a, from 0 to 1. */
export function mix(a: RGB, b: RGB, share: number): RGB {
    return [0, 1, 2].map((i) => (a[i] ?? 0) * (1 - share) + (b[i] ?? 0) * share) as unknown as RGB;
}

export const WHITE: RGB = [255, 255, 255];
export const INK: RGB = [20, 20, 24];

/** A fill near `colour` on which white or ink text has at least 4.5:1, and that text. White wins where the two are close: it is what people expect. */
export function fillAndText(colour: RGB): { fill: RGB; text: RGB } {
    const onWhite = contrast(colour, WHITE);
    const text = onWhite >= 3 || onWhite >= contrast(colour, INK) ? WHITE : INK;
    return { fill: moveUntil(colour, text === WHITE ? INK : WHITE, text), text };
}

/** `colour` as text or line on `ground`, moved only as far as 4.5:1 asks for. */
export function readableOn(colour: RGB, ground: RGB): RGB {
    return moveUntil(colour, luminance(ground) > 0.2 ? INK : WHITE, ground);
}

/** Only the lightness moves, one percent at a time: a strong colour stays strong. */
function moveUntil(colour: RGB, towards: RGB, against: RGB): RGB {
    const [hue, saturation, lightness] = toHSL(colour);
    const step = towards === WHITE ? 0.01 : -0.01;
    let candidate = colour;
    for (let light = lightness; contrast(candidate, against) < 4.5 && light >= 0 && light <= 1; light += step) {
        candidate = fromHSL(hue, saturation, light);
    }
    return contrast(candidate, against) >= 4.5 ? candidate : towards;
}

/** Hue in sixths of the circle, saturation and lightness from 0 to 1 (CSS Color 4 §7). */
function toHSL(colour: RGB): [number, number, number] {
    const [r, g, b] = colour.map((c) => c / 255) as unknown as RGB;
    const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
    const [light, span] = [(high + low) / 2, high - low];
    if (span === 0) return [0, 0, light];
    const hue = high === r ? (g - b) / span : high === g ? 2 + (b - r) / span : 4 + (r - g) / span;
    return [(hue + 6) % 6, span / (1 - Math.abs(2 * light - 1)), light];
}

function fromHSL(hue: number, saturation: number, light: number): RGB {
    const reach = saturation * Math.min(light, 1 - light);
    const channel = (n: number) => {
        const k = (n + hue * 2) % 12;
        return Math.round(255 * (light - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
    };
    return [channel(0), channel(8), channel(4)];
}
