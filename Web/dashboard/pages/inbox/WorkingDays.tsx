import type { WorkingDay } from "../../../widget/shared/hours";
import { words } from "../../words";

const names = new Intl.DateTimeFormat(words.locale, { weekday: "long", timeZone: "UTC" });
/** 2023-01-01 was a Sunday, as day 0 is. */
const nameOf = (day: number): string => names.format(Date.UTC(2023, 0, 1 + day));

const two = (number: number | null | undefined): string => String(number ?? 0).padStart(2, "0");
const isClosed = (day: WorkingDay): boolean => day.closed_all_day === true;
const opens = (day: WorkingDay): string => (day.open_all_day ? "00:00" : `${two(day.open_hour)}:${two(day.open_minutes)}`);
/** Midnight at its end is 24:00 in the API, and 00:00 on a clock. */
const closes = (day: WorkingDay): string => (day.open_all_day || day.close_hour === 24 ? "00:00" : `${two(day.close_hour)}:${two(day.close_minutes)}`);

/** A day ends after it begins. */
const isSound = (day: WorkingDay): boolean => isClosed(day) || closes(day) === "00:00" || opens(day) < closes(day);
export const areSound = (days: WorkingDay[]): boolean => days.every(isSound);

function between(day: WorkingDay, from: string, to: string): WorkingDay {
    const [open = 0, openMinutes = 0] = from.split(":").map(Number);
    const [close = 0, closeMinutes = 0] = to.split(":").map(Number);
    const isMidnight = close === 0 && closeMinutes === 0;
    return {
        ...day, closed_all_day: false, open_all_day: isMidnight && open === 0 && openMinutes === 0, open_hour: open, open_minutes: openMinutes,
        close_hour: isMidnight ? 24 : close, close_minutes: closeMinutes,
    };
}

/** The hours of each day of the week, Monday first. */
export function WorkingDays({ days, change }: { days: WorkingDay[]; change: (days: WorkingDay[]) => void }): JSX.Element {
    const say = words.automatic;
    const put = (day: WorkingDay): void => change(days.map((one) => (one.day_of_week === day.day_of_week ? day : one)));
    const week = [...days].sort((a, b) => ((a.day_of_week + 6) % 7) - ((b.day_of_week + 6) % 7));
    return (
        <ul className="working-days" aria-label={say.days}>
            {week.map((day) => {
                const name = nameOf(day.day_of_week);
                const time = (label: string, value: string, set: (value: string) => WorkingDay): JSX.Element => (
                    <input type="time" aria-label={`${name}, ${label}`} value={value}
                        onChange={(event) => { if (event.target.value !== "") put(set(event.target.value)); }} />
                );
                return (
                    <li key={day.day_of_week}>
                        <label><input type="checkbox" checked={!isClosed(day)} onChange={(event) => put(event.target.checked
                            ? between(day, day.open_hour == null ? "09:00" : opens(day), day.close_hour == null ? "17:00" : closes(day))
                            : { ...day, closed_all_day: true, open_all_day: false })} />{name}</label>
                        {isClosed(day) ? <span className="absent">{say.closed}</span>
                            : <span className="working-hours">{time(say.from, opens(day), (value) => between(day, value, closes(day)))} –
                                {" "}{time(say.to, closes(day), (value) => between(day, opens(day), value))}</span>}
                        {!isSound(day) && <span className="field-error" role="alert">{say.wrongHours}</span>}
                    </li>
                );
            })}
        </ul>
    );
}
