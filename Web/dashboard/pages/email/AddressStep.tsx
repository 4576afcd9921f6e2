import { patch } from "../../model/api";
import { loadInboxes } from "../../model/directory";
import { account } from "../../model/session";
import { say } from "../../model/toasts";
import type { Inbox } from "../../model/types";
import { Field, Switch } from "../../parts/Small";
import { words } from "../../words";
import { isEmail } from "../Inboxes";
import { Step } from "./Step";
import { useForm } from "../../parts/useForm";

/** Which address customers see, and where their answers come back to. */
export function AddressStep({ inbox, changed }: { inbox: Inbox; changed: (inbox: Inbox) => void }): JSX.Element {
    const email = isEmail(inbox);
    const form = useForm({
        address: inbox.email ?? "", reply_domain: inbox.reply_domain ?? "", continuity: inbox.continuity_via_email !== false,
    }, { email: "address" });
    const { fields } = form;
    const isNew = fields.address.trim() !== (inbox.email ?? "") || fields.reply_domain.trim() !== (inbox.reply_domain ?? "")
        || fields.continuity !== (inbox.continuity_via_email !== false);
    const suggested = (fields.address.split("@")[1] ?? "").trim();
    const save = (): void => form.run(words.inboxes.saving, async () => {
        const body = { email: fields.address.trim(), reply_domain: fields.reply_domain.trim() };
        changed(await patch<Inbox>(account(`/inboxes/${inbox.id}`), email ? body : { ...body, continuity_via_email: fields.continuity }));
        say(words.inboxes.saved);
        await loadInboxes().catch(() => undefined);
    });
    const { address } = words.email;
    return (
        <Step title={address.title} lead={email ? address.leadEmail : address.leadWebsite}
            done={!isNew && (inbox.email ?? "") !== ""}>
            {!email && <Switch label={words.inboxes.continuity} hint={words.inboxes.continuityHint} on={fields.continuity}
                onChange={(continuity) => form.set({ continuity })} />}
            <Field label={address.from} hint={email ? address.fromHintEmail : address.fromHintWebsite} error={form.fault("address")}>
                <input type="email" value={fields.address} placeholder="support@example.com" spellCheck={false}
                    onChange={(event) => form.set({ address: event.target.value })} /></Field>
            <Field label={words.inboxes.replyDomain} hint={address.replyDomainHint} error={form.fault("reply_domain")}>
                <input value={fields.reply_domain} placeholder={suggested === "" ? "reply.example.com" : `reply.${suggested}`}
                    spellCheck={false} onChange={(event) => form.set({ reply_domain: event.target.value })} /></Field>
            {form.error !== null && <p className="field-error" role="alert">{form.error}</p>}
            <div className="save-bar">
                <button type="button" className="button primary" disabled={!isNew || form.working !== null} onClick={save}>
                    {form.working ?? address.save}</button>
                {isNew && form.working === null && <span className="absent">{words.inboxes.unsaved}</span>}
            </div>
        </Step>
    );
}
