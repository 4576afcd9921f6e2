import { useState } from "react";
import { Cell, useCell } from "../model/cells";
import { atDayTime, nowSeconds } from "../model/time";
import { snoozes } from "../thread/snooze";
import { words } from "../words";
import { Dialog } from "./Dialog";
import { Icon } from "./Icon";
import { MenuHeading, MenuItem } from "./Menu";
import { Field } from "./Small";

/** Who waits for a date: the menu that asked is gone by then. */
const asking = new Cell<((until: number) => void) | null>(null);

/** The times that a conversation can be set aside until, for a menu. */
export function SnoozeItems({ heading, choose }: { heading: string; choose: (until: number | null) => void }): JSX.Element {
    return (
        <>
            <MenuHeading>{heading}</MenuHeading>
            {snoozes(new Date()).map(({ label, until }) => (
                <MenuItem key={label} icon={<Icon name={until === null ? "reply" : "moon"} size={16} />}
                    hint={until === null ? undefined : atDayTime(until)} onSelect={() => choose(until)}>{label}</MenuItem>
            ))}
            <MenuItem icon={<Icon name="clock" size={16} />} onSelect={() => asking.set(choose)}>{words.thread.snoozes.date}</MenuItem>
        </>
    );
}

/** `2026-11-24T09:00`, in the reader's own time, as such a field has it. */
function local(date: Date): string {
    const two = (number: number): string => String(number).padStart(2, "0");
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The window in which a date is picked. */
export function SnoozeDate(): JSX.Element | null {
    const choose = useCell(asking);
    return choose === null ? null : <Picker choose={choose} close={() => asking.set(null)} />;
}

function Picker({ choose, close }: { choose: (until: number) => void; close: () => void }): JSX.Element {
    const [value, setValue] = useState(() => {
        const day = new Date();
        day.setDate(day.getDate() + 2);
        day.setHours(9, 0, 0, 0);
        return local(day);
    });
    const [error, setError] = useState<string | null>(null);
    const submit = (): void => {
        const until = Math.floor(new Date(value).getTime() / 1000);
        if (!(until > nowSeconds())) { setError(words.thread.snoozePast); return; }
        close();
        choose(until);
    };
    return (
        <Dialog label={words.thread.snoozeDate} className="small-dialog" close={close}>
            <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
                <h2>{words.thread.snoozeDate}</h2>
                <Field label={words.thread.snoozeDate} hint={words.thread.snoozeDateText} error={error}>
                    <input type="datetime-local" data-autofocus value={value} onChange={(event) => setValue(event.target.value)} /></Field>
                <div className="form-buttons">
                    <button type="submit" className="button primary">{words.thread.snooze}</button>
                    <button type="button" className="button" onClick={close}>{words.details.cancel}</button>
                </div>
            </form>
        </Dialog>
    );
}
