import type { Config } from "./config";
import { fill, language, words } from "./words";

const DAY = 1440;

/** Whether someone is there, and when to expect an answer, in the visitor's own time. `now` in milliseconds. */
export function expectation(config: Config, now: number): { here: boolean; text: string } {
    const opening = config.workingHoursEnabled ? minutesToOpening(config, now) : 0;
    if (opening === 0) return { here: true, text: replyTime(config.replyTime) };
    if (opening === null) return { here: false, text: words.away };
    const at = new Date(now + opening * 60000);
    const time = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(at);
    const days = Math.round((midnight(at) - midnight(new Date(now))) / 86400000);
    if (days === 0) return { here: false, text: fill(words.backToday, { time }) };
    if (days === 1) return { here: false, text: fill(words.backTomorrow, { time }) };
    const day = new Intl.DateTimeFormat(language, { weekday: "long" }).format(at);
    return { here: false, text: fill(words.backOn, { day, time }) };
}

function replyTime(name: string | null | undefined): string {
    if (name === "in_a_day") return words.inADay;
    if (name === "in_a_few_hours") return words.inHours;
    return words.inMinutes;
}

/** 0 = open now; `null` = never open. The rows are in the inbox's zone. */
export function minutesToOpening(config: Config, now: number): number | null {
    const rows = config.workingHours ?? [];
    if (!rows.length) return 0;
    const local = new Date(Math.floor(now / 60000) * 60000 + zoneOffset(config, now) * 60000);
    const today = local.getUTCDay();
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    for (let ahead = 0; ahead <= 7; ahead++) {
        const row = rows.find((r) => r.day_of_week === (today + ahead) % 7);
        if (!row || row.closed_all_day) continue;
        const opens = row.open_all_day ? 0 : (row.open_hour ?? 0) * 60 + (row.open_minutes ?? 0);
        const closes = row.open_all_day ? DAY : (row.close_hour ?? 0) * 60 + (row.close_minutes ?? 0);
        if (ahead > 0) return ahead * DAY + opens - minute;
        if (minute >= opens && minute < closes) return 0;
        if (minute < opens) return opens - minute;
    }
    return null;
}

/** The inbox's zone in minutes east of UTC: by its name where the browser knows it, else by the offset that the server gives. */
function zoneOffset(config: Config, now: number): number {
    try {
        const parts = new Intl.DateTimeFormat("en-US", { timeZone: config.timezone ?? "", timeZoneName: "longOffset" } as Intl.DateTimeFormatOptions).formatToParts(now);
        const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
        if (name.startsWith("GMT")) return offsetMinutes(name.slice(3));
    } catch {
        // no such zone, or a browser that cannot say its offset
    }
    return offsetMinutes(config.utcOffset ?? "");
}

/** `+05:30` → 330. */
function offsetMinutes(text: string): number {
    const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
    if (!match) return 0;
    return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

function midnight(date: Date): number {
    return new Date(date.getFullYear(), date.getMonth(), date.getDate(), 12).getTime();
}
