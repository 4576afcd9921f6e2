import { words } from "../words";

/** Times to set a conversation aside until, in unix seconds; null is "until the customer writes". */
export function snoozes(now: Date): { label: string; until: number | null }[] {
    const at = (days: number, hour: number): number => {
        const day = new Date(now);
        day.setDate(day.getDate() + days);
        day.setHours(hour, 0, 0, 0);
        return Math.floor(day.getTime() / 1000);
    };
    const threeHours = Math.ceil(now.getTime() / 1000 / 900) * 900 + 3 * 3600;
    const toMonday = ((8 - now.getDay()) % 7) || 7;
    return [
        { label: words.thread.snoozes.hour, until: Math.ceil(now.getTime() / 60_000) * 60 + 3600 },
        { label: words.thread.snoozes.laterToday, until: threeHours },
        { label: words.thread.snoozes.tomorrow, until: at(1, 9) },
        { label: words.thread.snoozes.nextWeek, until: at(toMonday, 9) },
        { label: words.thread.snoozes.nextReply, until: null },
    ];
}
