import { language, words } from "./words";

/** Unix seconds → "14:02" as the visitor's language writes it. */
export function clock(at: number): string {
    return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(new Date(at * 1000));
}

export function dayName(at: number, now = Date.now()): string {
    const date = new Date(at * 1000);
    const ago = daysBetween(date, new Date(now));
    if (ago === 0) return words.today;
    if (ago === 1) return words.yesterday;
    const sameYear = date.getFullYear() === new Date(now).getFullYear();
    return new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", year: sameYear ? undefined : "numeric" }).format(date);
}

/** For a list: the time today, else a short date. */
export function shortTime(at: number, now = Date.now()): string {
    const date = new Date(at * 1000);
    const ago = daysBetween(date, new Date(now));
    if (ago === 0) return clock(at);
    if (ago === 1) return words.yesterday;
    return new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }).format(date);
}

export function dayKey(at: number): string {
    const date = new Date(at * 1000);
    return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

export function fileSize(bytes: number): string {
    const units = ["byte", "kilobyte", "megabyte"];
    const step = Math.min(bytes < 1000 ? 0 : bytes < 1e6 ? 1 : 2, 2);
    return new Intl.NumberFormat(language, { style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: step === 2 ? 1 : 0 }).format(
        bytes / 1000 ** step,
    );
}

function daysBetween(a: Date, b: Date): number {
    const noon = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate(), 12).getTime();
    return Math.round((noon(b) - noon(a)) / 86400000);
}
