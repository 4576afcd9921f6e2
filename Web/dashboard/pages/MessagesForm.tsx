import { useState } from "react";
import { explain, patch } from "../model/api";
import { account } from "../model/session";
import { say } from "../model/toasts";
import type { Inbox } from "../model/types";
import { Field, Switch } from "../parts/Small";
import { words } from "../words";

/** What an inbox says by itself: out of hours, after the end, and after a long silence. */
interface Automatic {
    working_hours_enabled: boolean;
    timezone: string;
    out_of_office_message: string;
    csat_survey_enabled: boolean;
    auto_resolve_after: number | null;
    auto_resolve_message: string;
}

const day = 1440;

export function MessagesForm({ inbox }: { inbox: Inbox & Partial<Automatic> }): JSX.Element {
    const [fields, setFields] = useState<Automatic>({
        working_hours_enabled: inbox.working_hours_enabled === true, timezone: inbox.timezone ?? "UTC",
        out_of_office_message: inbox.out_of_office_message ?? "", csat_survey_enabled: inbox.csat_survey_enabled === true,
        auto_resolve_after: inbox.auto_resolve_after ?? null, auto_resolve_message: inbox.auto_resolve_message ?? "",
    });
    const [error, setError] = useState<string | null>(null);
    const [working, setWorking] = useState(false);
    const set = (part: Partial<Automatic>): void => setFields((now) => ({ ...now, ...part }));
    const save = (): void => {
        setWorking(true);
        setError(null);
        patch(account(`/inboxes/${inbox.id}`), fields).then(() => say(words.inboxes.saved))
            .catch((failure: unknown) => setError(explain(failure))).finally(() => setWorking(false));
    };
    return (
        <section className="card form">
            <h3>{words.automatic.title}</h3>
            <Switch label={words.automatic.hours} hint={words.automatic.hoursHint} on={fields.working_hours_enabled}
                onChange={(on) => set({ working_hours_enabled: on })} />
            {fields.working_hours_enabled && <>
                <Field label={words.automatic.zone} hint={words.automatic.zoneHint}>
                    <input value={fields.timezone} spellCheck={false} onChange={(event) => set({ timezone: event.target.value })} /></Field>
                <Field label={words.automatic.away} hint={words.automatic.awayHint}>
                    <textarea rows={3} value={fields.out_of_office_message}
                        onChange={(event) => set({ out_of_office_message: event.target.value })} /></Field>
            </>}
            <Switch label={words.automatic.survey} hint={words.automatic.surveyHint} on={fields.csat_survey_enabled}
                onChange={(on) => set({ csat_survey_enabled: on })} />
            <Switch label={words.automatic.silence} hint={words.automatic.silenceHint} on={fields.auto_resolve_after !== null}
                onChange={(on) => set({ auto_resolve_after: on ? 14 * day : null })} />
            {fields.auto_resolve_after !== null && <>
                <Field label={words.automatic.minutes}>
                    <input type="number" min={10} max={999 * day} value={fields.auto_resolve_after}
                        onChange={(event) => set({ auto_resolve_after: Math.max(0, Math.round(Number(event.target.value))) })} /></Field>
                <Field label={words.automatic.silenceMessage} hint={words.automatic.silenceMessageHint}>
                    <textarea rows={2} value={fields.auto_resolve_message}
                        onChange={(event) => set({ auto_resolve_message: event.target.value })} /></Field>
            </>}
            {error !== null && <p className="field-error" role="alert">{error}</p>}
            <div className="save-bar">
                <button type="button" className="button primary" disabled={working} onClick={save}>{words.automatic.save}</button></div>
        </section>
    );
}
