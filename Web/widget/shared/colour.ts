/** Colours that can be read, from whatever colour the inbox was given (WCAG 2.2 contrast, SC 1.4.3 and 1.4.11). */

export type RGB = readonly [number, number, number];

export const DEFAULT_COLOUR = "#1f6feb";

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

function moveUntil(colour: RGB, towards: RGB, against: RGB): RGB {
    for (let step = 0; step <= 50; step++) {
        const candidate = mix(colour, towards, step / 50).map(Math.round) as unknown as RGB;
        if (contrast(candidate, against) >= 4.5) return candidate;
    }
    return towards;
}
