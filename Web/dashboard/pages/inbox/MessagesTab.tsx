import type { Inbox } from "../../model/types";
import { Field, Switch } from "../../parts/Small";
import { TimeZones } from "../../parts/TimeZones";
import { words } from "../../words";
import { isEmail } from "../Inboxes";
import { TabForm } from "./TabForm";
import { useInboxForm } from "./useInboxForm";
import type { TabOf } from "./useInboxForm";
import { areSound, WorkingDays } from "./WorkingDays";

const day = 1440;

const fieldsOf = (inbox: Inbox) => ({
    greeting_enabled: inbox.greeting_enabled === true, greeting_message: inbox.greeting_message ?? "",
    working_hours_enabled: inbox.working_hours_enabled === true, timezone: inbox.timezone ?? "UTC", working_hours: inbox.working_hours ?? [],
    out_of_office_message: inbox.out_of_office_message ?? "", csat_survey_enabled: inbox.csat_survey_enabled === true,
    auto_resolve_after: inbox.auto_resolve_after ?? null, auto_resolve_message: inbox.auto_resolve_message ?? "",
});

/** What an inbox says by itself: at the beginning, out of hours, after the end, and after a long silence. */
export function MessagesTab(of: TabOf): JSX.Element {
    const form = useInboxForm(of, fieldsOf(of.inbox), (fields) => fields);
    const { fields, set, fault } = form;
    const say = words.automatic;
    return (
        <TabForm form={form} isWhole={areSound(fields.working_hours)}>
            <section className="card form">
                <h3>{say.title}</h3>
                {!isEmail(of.inbox) && <Switch label={words.inboxes.greetingEnabled} hint={words.inboxes.greetingEnabledHint} on={fields.greeting_enabled}
                    onChange={(on) => set({ greeting_enabled: on })} />}
                {fields.greeting_enabled && <Field label={words.inboxes.greeting} error={fault("greeting_message")}>
                    <textarea rows={3} value={fields.greeting_message} onChange={(event) => set({ greeting_message: event.target.value })} /></Field>}
                <Switch label={say.survey} hint={say.surveyHint} on={fields.csat_survey_enabled} onChange={(on) => set({ csat_survey_enabled: on })} />
                <Switch label={say.silence} hint={say.silenceHint} on={fields.auto_resolve_after !== null}
                    onChange={(on) => set({ auto_resolve_after: on ? 14 * day : null })} />
                {fields.auto_resolve_after !== null && <>
                    <Field label={say.minutes} error={fault("auto_resolve_after")}>
                        <input type="number" min={10} max={999 * day} value={fields.auto_resolve_after}
                            onChange={(event) => set({ auto_resolve_after: Math.max(0, Math.round(Number(event.target.value))) })} /></Field>
                    <Field label={say.silenceMessage} hint={say.silenceMessageHint} error={fault("auto_resolve_message")}>
                        <textarea rows={2} value={fields.auto_resolve_message}
                            onChange={(event) => set({ auto_resolve_message: event.target.value })} /></Field>
                </>}
            </section>
            <section className="card form">
                <h3>{say.hours}</h3>
                <Switch label={say.hoursOn} hint={say.hoursHint} on={fields.working_hours_enabled}
                    onChange={(on) => set({ working_hours_enabled: on })} />
                {fields.working_hours_enabled && <>
                    <Field label={say.zone} error={fault("timezone")}>
                        <TimeZones chosen={fields.timezone} choose={(timezone) => set({ timezone })} /></Field>
                    <WorkingDays days={fields.working_hours} change={(working_hours) => set({ working_hours })} />
                    <Field label={say.away} hint={say.awayHint} error={fault("out_of_office_message")}>
                        <textarea rows={3} value={fields.out_of_office_message}
                            onChange={(event) => set({ out_of_office_message: event.target.value })} /></Field>
                </>}
            </section>
        </TabForm>
    );
}
