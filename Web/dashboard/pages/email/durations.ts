/** `45s`, `3m`, `1h 30m`, `2.5 min`; a number alone is seconds. null where it is none. */
export function readDuration(text: string): number | null {
    const clean = text.trim().toLowerCase();
    if (/^\d{1,7}(\.\d+)?$/.test(clean)) return Number(clean);
    const units: Record<string, number> = { s: 1, sec: 1, m: 60, min: 60, h: 3600 };
    let seconds = 0;
    for (const part of clean.replace(/(\d)\s+([a-z])/g, "$1$2").split(/\s+/)) {
        const match = /^(\d{1,7}(?:\.\d+)?)([a-z]+)$/.exec(part);
        const unit = units[match?.[2] ?? ""];
        if (match === null || unit === undefined) return null;
        seconds += Number(match[1]) * unit;
    }
    return seconds;
}

export function writeDuration(seconds: number): string {
    const parts = ([["h", Math.floor(seconds / 3600)], ["m", Math.floor(seconds / 60) % 60], ["s", seconds % 60]] as const)
        .filter(([, count]) => count > 0).map(([unit, count]) => `${count}${unit}`);
    return parts.join(" ") || "0s";
}
