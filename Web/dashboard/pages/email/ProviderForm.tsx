import { useState } from "react";
import { del, put } from "../../model/api";
import type { ProviderSettings } from "../../model/email";
import { say } from "../../model/toasts";
import { CopyButton } from "../../parts/CopyButton";
import { Field } from "../../parts/Small";
import { words } from "../../words";
import { useForm } from "../../parts/useForm";

const kinds = ["postmark", "mailgun", "sendgrid", "ses", "mandrill", "raw"] as const;
type Kind = (typeof kinds)[number];
/** Of these we make the key ourselves where none is given. */
const ourKey: Kind[] = ["postmark", "sendgrid", "raw"];

const inAddress: Kind[] = ["postmark", "sendgrid"];

/** A provider that hands mail over by HTTP: what to tell it, and the key by which it proves who it is. */
export function ProviderForm({ path, kept, took }: { path: string; kept: ProviderSettings;
    took: (kept: ProviderSettings) => void }): JSX.Element {
    const form = useForm({ kind: (kept.kind ?? "postmark") as Kind, signing_key: "", topic_arn: kept.topic_arn ?? "" });
    const [made, setMade] = useState<string | null>(null);
    const { fields } = form;
    const { provider } = words.email;
    const save = (): void => form.run(words.inboxes.saving, async () => {
        const now = await put<ProviderSettings>(path, {
            kind: fields.kind, ...(fields.signing_key === "" ? {} : { signing_key: fields.signing_key }),
            ...(fields.kind === "ses" ? { topic_arn: fields.topic_arn.trim() } : {}),
        });
        setMade(now.signing_key);
        form.set({ signing_key: "" });
        took({ ...now, signing_key: null });
        say(words.inboxes.saved);
    });
    const forget = (): void => form.run(words.email.removing, async () => { setMade(null); took(await del<ProviderSettings>(path)); });
    const isKept = kept.kind === fields.kind;
    const plain = kept.urls?.[fields.kind]?.url ?? null;
    // These two sign nothing of their own: the key is a password in the address.
    const url = plain !== null && made !== null && inAddress.includes(fields.kind) ? plain.replace("://", `://actionmailbox:${made}@`) : plain;
    return (
        <div className="step-form">
            <Field label={provider.kind} error={form.fault("kind")}>
                <select value={fields.kind} onChange={(event) => { form.set({ kind: event.target.value as Kind }); setMade(null); }}>
                    {kinds.map((kind) => <option key={kind} value={kind}>{provider.kinds[kind]}</option>)}</select></Field>
            {fields.kind === "ses"
                ? <Field label={provider.topic} hint={provider.topicHint} error={form.fault("topic_arn")}>
                    <input value={fields.topic_arn} spellCheck={false} placeholder="arn:aws:sns:eu-west-1:123456789012:mail"
                        onChange={(event) => form.set({ topic_arn: event.target.value })} /></Field>
                : <Field label={provider.key} error={form.fault("signing_key")}
                    hint={isKept ? words.email.secretKept : ourKey.includes(fields.kind) ? provider.ourKey : provider.theirKey}>
                    <input type="password" value={fields.signing_key} autoComplete="new-password"
                        onChange={(event) => form.set({ signing_key: event.target.value })} /></Field>}
            {made !== null && <p className="field-good" role="status">{provider.made} <code>{made}</code>
                <CopyButton text={made} what={provider.key} /></p>}
            {url !== null && <p className="copy-line"><span>{provider.tell(provider.kinds[fields.kind])}</span> <code>{url}</code>
                <CopyButton text={url} what={provider.address} /><br /><span className="field-hint">{provider.notes[fields.kind]}</span></p>}
            {form.error !== null && <p className="field-error" role="alert">{form.error}</p>}
            <div className="save-bar">
                <button type="button" className="button primary" disabled={form.working !== null} onClick={save}>
                    {form.working ?? provider.save}</button>
                {kept.kind !== null && <button type="button" className="button" data-danger disabled={form.working !== null}
                    onClick={forget}>{provider.stop}</button>}
            </div>
        </div>
    );
}
