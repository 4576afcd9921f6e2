/** Contrast of a `#rrggbb` colour with white, 1 to 21 (WCAG 2.2, relative luminance). 21 for what is not a colour. */
export function contrastWithWhite(color: string): number {
    const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
    if (match === null) return 21;
    const [red, green, blue] = match.slice(1).map((part) => {
        const value = parseInt(part, 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 1.05 / (0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0) + 0.05);
}
