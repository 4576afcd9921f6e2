import { useState } from "react";
import { CopyButton } from "../../parts/CopyButton";
import { Field, Switch } from "../../parts/Small";
import { words } from "../../words";
import { isEmail } from "../Inboxes";
import { TabForm } from "./TabForm";
import { useInboxForm } from "./useInboxForm";
import type { TabOf } from "./useInboxForm";

/** Whom an inbox believes: its website's own customers by a signature, its website by its name, and mail servers that checked a mail before us. */
export function SecurityTab(of: TabOf): JSX.Element {
    const { inbox } = of;
    const website = !isEmail(inbox);
    const form = useInboxForm(of, {
        hmac_mandatory: inbox.hmac_mandatory === true, allowed_domains: inbox.allowed_domains ?? "", trusted_forwarders: inbox.trusted_forwarders ?? "",
    }, ({ trusted_forwarders, ...channel }) => ({ trusted_forwarders, ...(website ? { channel } : {}) }));
    const { fields, set, fault } = form;
    const say = words.security;
    return (
        <TabForm form={form}>
            {website && <section className="card form">
                <h3>{say.title}</h3>
                <p className="field-hint">{say.lead}</p>
                {inbox.hmac_token && <SigningKey secret={inbox.hmac_token} />}
                <Switch label={say.signedOnly} hint={say.signedOnlyHint} on={fields.hmac_mandatory} onChange={(on) => set({ hmac_mandatory: on })} />
                <Field label={say.domains} hint={say.domainsHint} error={fault("allowed_domains")}>
                    <textarea rows={2} value={fields.allowed_domains} spellCheck={false} placeholder="www.example.com"
                        onChange={(event) => set({ allowed_domains: event.target.value })} /></Field>
            </section>}
            <section className="card form">
                <h3>{say.mail}</h3>
                <Field label={say.forwarders} hint={say.forwardersHint} error={fault("trusted_forwarders")}>
                    <textarea rows={2} value={fields.trusted_forwarders} spellCheck={false} placeholder="mx.example.com 192.0.2.0/24"
                        onChange={(event) => set({ trusted_forwarders: event.target.value })} /></Field>
            </section>
        </TabForm>
    );
}

function SigningKey({ secret }: { secret: string }): JSX.Element {
    const [isShown, setShown] = useState(false);
    return (
        <>
            <Field label={words.security.key} hint={words.security.keyHint}>
                <input readOnly type={isShown ? "text" : "password"} autoComplete="off" spellCheck={false} value={secret} /></Field>
            <div className="form-buttons">
                <button type="button" className="button small" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
                    {isShown ? words.security.hide : words.security.show}</button>
                <CopyButton text={secret} what={words.security.key} label={words.inboxes.copy} />
            </div>
        </>
    );
}
