import { useEffect, useState } from "react";
import { patch } from "../../model/api";
import { useCell } from "../../model/cells";
import { inboxes } from "../../model/directory";
import type { Scope } from "../../model/reports";
import { account } from "../../model/session";
import { attempt, say as toast } from "../../model/toasts";
import { Field } from "../../parts/Small";
import { TimeZones } from "../../parts/TimeZones";
import { words } from "../../words";

const say = words.reports;
const day = 86_400;
const lengths = ["7", "30", "90", "365"];

/** The last days up to now. */
export const lastDays = (days: number, inbox: number | null): Scope => {
    const until = Math.floor(Date.now() / 1000);
    // The day that is running counts as one of them.
    return { since: until - (days - 1) * day, until, inbox };
};

/** Which days, of which inbox, in which zone. */
export function ScopeBar({ scope, zone, change, zoneChanged }: { scope: Scope; zone: string | null; change: (next: Scope) => void;
    zoneChanged: () => void }): JSX.Element {
    const rows = useCell(inboxes);
    const [length, setLength] = useState("30");
    const pick = (next: string): void => {
        setLength(next);
        if (next !== "own") change(lastDays(Number(next), scope.inbox));
    };
    return (
        <div className="scope-bar">
            <Field label={say.range}><select value={length} onChange={(event) => pick(event.target.value)}>
                {[...lengths, "own"].map((one) => <option key={one} value={one}>{say.ranges[one]}</option>)}</select></Field>
            {length === "own" && <OwnDates scope={scope} change={change} />}
            <Field label={say.inbox}><select value={scope.inbox ?? ""}
                onChange={(event) => change({ ...scope, inbox: event.target.value === "" ? null : Number(event.target.value) })}>
                <option value="">{say.allInboxes}</option>
                {rows.map((inbox) => <option key={inbox.id} value={inbox.id}>{inbox.name}</option>)}</select></Field>
            <Zone zone={zone} changed={zoneChanged} />
        </div>
    );
}

function OwnDates({ scope, change }: { scope: Scope; change: (next: Scope) => void }): JSX.Element {
    const text = (at: number): string => new Date(at * 1000).toISOString().slice(0, 10);
    const [from, setFrom] = useState(text(scope.since));
    const [to, setTo] = useState(text(scope.until));
    // Noon: the server takes the whole day in which it lies, in the account's zone.
    const [since, until] = [Date.parse(`${from}T12:00:00Z`) / 1000, Date.parse(`${to}T12:00:00Z`) / 1000 + 1];
    const good = since < until && until - since < 366 * day;
    useEffect(() => {
        if (good && (since !== scope.since || until !== scope.until)) change({ ...scope, since, until });
    }, [since, until]);
    return (
        <>
            <Field label={say.from} error={good ? null : say.wrongDates}><input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
            </Field>
            <Field label={say.to}><input type="date" value={to} onChange={(event) => setTo(event.target.value)} /></Field>
        </>
    );
}

/** Whose midnight begins a day. */
function Zone({ zone, changed }: { zone: string | null; changed: () => void }): JSX.Element | null {
    if (zone === null) return null;
    return (
        <Field label={say.zoneLabel}><TimeZones chosen={zone} choose={(next) => {
            void attempt(async () => {
                await patch(account(""), { timezone: next });
                toast(say.zoneSaved);
                changed();
            });
        }} /></Field>
    );
}
