import { useEffect, useState } from "react";
import { words } from "../words";
import { Cell, useCell } from "./cells";

const minute = 60;
const hour = 3600;
const day = 86400;

export function nowSeconds(): number { return Date.now() / 1000; }

const clock = new Intl.DateTimeFormat(words.locale, { hour: "2-digit", minute: "2-digit", hour12: false });
const dayMonth = new Intl.DateTimeFormat(words.locale, { day: "numeric", month: "short" });
const dayLong = new Intl.DateTimeFormat(words.locale, { weekday: "long", day: "numeric", month: "long" });
const dayYear = new Intl.DateTimeFormat(words.locale, { day: "numeric", month: "short", year: "numeric" });
const full = new Intl.DateTimeFormat(words.locale, { dateStyle: "full", timeStyle: "medium" });
const weekdayClock = new Intl.DateTimeFormat(words.locale, { weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false });

export const atClock = (at: number): string => clock.format(at * 1000);
export const atFull = (at: number): string => full.format(at * 1000);
export const atDay = (at: number): string => dayYear.format(at * 1000);
export const atWeekday = (at: number): string => weekdayClock.format(at * 1000);

/** The weekday and time within a week, the date and time beyond. */
export function atDayTime(at: number): string {
    return Math.abs(at - nowSeconds()) < 6 * day ? atWeekday(at) : `${dayMonth.format(at * 1000)}, ${atClock(at)}`;
}

/** The time alone today, with the day before that. */
export function atMoment(at: number): string {
    return sameDay(at, nowSeconds()) ? atClock(at) : `${dayMonth.format(at * 1000)}, ${atClock(at)}`;
}

export function sameDay(a: number, b: number): boolean {
    return new Date(a * 1000).toDateString() === new Date(b * 1000).toDateString();
}

/** "now", "5 min", "3 h", "2 d", then the date. */
export function relative(at: number, now: number): string {
    const passed = now - at;
    if (passed < minute) return words.time.now;
    if (passed < hour) return words.time.minutes(Math.floor(passed / minute));
    if (passed < day) return words.time.hours(Math.floor(passed / hour));
    if (passed < 7 * day) return words.time.days(Math.floor(passed / day));
    return new Date(at * 1000).getFullYear() === new Date(now * 1000).getFullYear() ? dayMonth.format(at * 1000)
        : dayYear.format(at * 1000);
}

export function ago(at: number, now: number): string {
    return now - at < minute ? words.time.justNow : now - at < 7 * day ? words.time.ago(relative(at, now)) : atDay(at);
}

export function dayName(at: number, now: number): string {
    if (sameDay(at, now)) return words.thread.today;
    if (sameDay(at, now - day)) return words.thread.yesterday;
    return new Date(at * 1000).getFullYear() === new Date(now * 1000).getFullYear() ? dayLong.format(at * 1000) : dayYear.format(at * 1000);
}

/** Minutes and seconds that are left, "0:38". */
export function countdown(until: number, now: number): string {
    const left = Math.max(0, Math.ceil(until - now));
    return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

const dateOfDay = {
    short: new Intl.DateTimeFormat(words.locale, { day: "numeric", month: "short", timeZone: "UTC" }),
    long: new Intl.DateTimeFormat(words.locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
};

/** A day by its date, "2026-11-23", whatever the reader's zone. */
export const dayOf = (date: string, length: "short" | "long"): string => dateOfDay[length].format(Date.parse(`${date}T00:00:00Z`));

/** How long something took: "38 s", "12 min", "3.5 h", "2.1 d". */
export function atLength(seconds: number): string {
    if (seconds < 90) return words.time.seconds(Math.round(seconds));
    if (seconds < 90 * minute) return words.time.minutes(Math.round(seconds / minute));
    const rounded = (value: number): number => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
    return seconds < 2 * day ? words.time.hours(rounded(seconds / hour)) : words.time.days(rounded(seconds / day));
}

const percents = new Intl.NumberFormat(words.locale, { style: "percent", maximumFractionDigits: 1 });
export const percent = (share: number): string => percents.format(share);

export function fileSize(bytes: number): string {
    if (bytes < 1024) return `${bytes} B`;
    if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
    return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** One clock for everything that shows a relative time. */
const slow = new Cell(nowSeconds());
window.setInterval(() => slow.set(nowSeconds()), 20_000);
export function useSlowClock(): number { return useCell(slow); }

/** Ticks every second while something counts down. */
export function useSeconds(running: boolean): number {
    const [now, set] = useState(nowSeconds);
    useEffect(() => {
        if (!running) return undefined;
        set(nowSeconds());
        const timer = window.setInterval(() => set(nowSeconds()), 1000);
        return () => window.clearInterval(timer);
    }, [running]);
    return now;
}
