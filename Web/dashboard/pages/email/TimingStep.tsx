import { useEffect, useState } from "react";
import { explain, patch, post } from "../../model/api";
import type { Timing, TimingPreview } from "../../model/email";
import { account } from "../../model/session";
import { say } from "../../model/toasts";
import type { Inbox } from "../../model/types";
import { Field } from "../../parts/Small";
import { words } from "../../words";
import { isEmail } from "../Inboxes";
import { readDuration, writeDuration } from "./durations";
import { Step } from "./Step";
import { useForm } from "../../parts/useForm";

type Name = keyof Timing;
const quiet = 300;

/** 14:00, and two lines of an agent's within two minutes: what the preview tells. */
const story = [
    { at: 0, event: "address", address: "ann@customer.test", state: "proven" }, { at: 0, event: "page_open" },
    { at: 0, event: "agent_message" }, { at: 60, event: "agent_message" }, { at: 120, event: "page_close" },
];
const storyByMail = [{ at: 0, event: "address", address: "ann@customer.test", state: "proven" }, { at: 0, event: "agent_message" }];

/** When a mail leaves, with a line that says what that comes to. */
export function TimingStep({ inbox }: { inbox: Inbox & { continuity_timing?: Partial<Timing> } }): JSX.Element {
    const byMail = isEmail(inbox);
    const names: Name[] = byMail ? ["undo_window"] : ["closed_after", "unseen_after", "quiet_for", "at_latest", "min_interval", "undo_window"];
    const written = (name: Name, of = inbox.continuity_timing): string => {
        const seconds = of?.[name];
        return seconds === null || seconds === undefined ? "" : writeDuration(seconds);
    };
    const [kept, setKept] = useState(() => Object.fromEntries(names.map((name) => [name, written(name)])) as Record<Name, string>);
    const form = useForm(kept);
    const [preview, setPreview] = useState<TimingPreview | null>(null);
    const [trouble, setTrouble] = useState<string | null>(null);
    const { fields } = form;
    const wrong = names.filter((name) => fields[name].trim() !== "" && readDuration(fields[name]) === null);
    const settings = Object.fromEntries(names.map((name) => [name, fields[name].trim() === "" ? null : readDuration(fields[name])]));
    const asked = JSON.stringify(settings);
    const isSound = wrong.length === 0;
    useEffect(() => {
        if (!isSound) return undefined;
        let current = true;
        const timer = window.setTimeout(() => {
            post<TimingPreview>(account(`/inboxes/${inbox.id}/continuity_preview`), {
                events: byMail ? storyByMail : story, mode: byMail ? "email" : "chat", settings: JSON.parse(asked) as unknown,
            }).then((shown) => { if (current) { setPreview(shown); setTrouble(null); } })
                .catch((failure: unknown) => { if (current) setTrouble(explain(failure)); });
        }, quiet);
        return () => { current = false; window.clearTimeout(timer); };
    }, [inbox.id, asked, isSound, byMail]);
    const save = (): void => form.run(words.inboxes.saving, async () => {
        await patch<Inbox>(account(`/inboxes/${inbox.id}`), { continuity_timing: settings });
        setKept(fields);
        say(words.inboxes.saved);
    });
    const isNew = names.some((name) => fields[name].trim() !== kept[name]);
    const { timing } = words.email;
    return (
        <Step title={timing.title} lead={byMail ? timing.leadEmail : timing.leadWebsite}>
            <div className="timing-fields">
                {names.map((name) => (
                    <Field key={name} label={timing.names[name]}
                        error={form.fault(name) ?? (wrong.includes(name) ? timing.wrong : null)}>
                        <input value={fields[name]} placeholder={written(name, preview?.settings)} spellCheck={false}
                            onChange={(event) => form.set({ [name]: event.target.value })} /></Field>
                ))}
            </div>
            <p className="timing-preview" role="status">
                {trouble ?? (preview === null ? "" : <>{byMail ? timing.storyEmail : timing.story} <b>{timing.outcome(preview.mails)}</b></>)}</p>
            {form.error !== null && <p className="field-error" role="alert">{form.error}</p>}
            <div className="save-bar">
                <button type="button" className="button primary" disabled={!isNew || !isSound || trouble !== null || form.working !== null}
                    onClick={save}>{form.working ?? timing.save}</button>
                {isNew && form.working === null && <span className="absent">{words.inboxes.unsaved}</span>}
            </div>
        </Step>
    );
}
