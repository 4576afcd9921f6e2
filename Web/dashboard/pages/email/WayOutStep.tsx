import { useCallback, useEffect, useState } from "react";
import { del, explain, get, put } from "../../model/api";
import type { RelaySettings } from "../../model/email";
import { account } from "../../model/session";
import { say } from "../../model/toasts";
import { Icon } from "../../parts/Icon";
import { Field, Spinner, Trouble } from "../../parts/Small";
import { words } from "../../words";
import { relayURL } from "./relayURL";
import type { RelayFields, Service } from "./relayURL";
import { SignInField } from "./SignInField";
import { Signing } from "./Signing";
import { Step, Ways } from "./Step";
import { grantOf, missingOf, noGrant, TokenFields } from "./TokenFields";
import type { TokenGrant } from "./TokenFields";
import { useForm } from "../../parts/useForm";

type Way = "server" | "own" | "provider";
const services: Service[] = ["postmark", "mailgun", "sendgrid", "ses"];

/** How mail goes out: by the server's relay, by one of this inbox's own, or by a provider's interface. */
export function WayOutStep({ inbox, changes, changed }: { inbox: number; changes: number; changed: () => void }): JSX.Element {
    const [kept, setKept] = useState<RelaySettings | null>(null);
    const [way, setWay] = useState<Way>("server");
    const [error, setError] = useState<string | null>(null);
    const path = account(`/inboxes/${inbox}/relay`);
    const load = useCallback(() => {
        setError(null);
        get<RelaySettings>(path).then((now) => { setKept(now); setWay(wayOf(now)); }).catch((failure: unknown) => setError(explain(failure)));
    }, [path]);
    useEffect(load, [load]);
    const took = (now: RelaySettings): void => { setKept(now); setWay(wayOf(now)); changed(); };
    const { wayOut } = words.email;
    return (
        <Step title={wayOut.title} lead={wayOut.lead} done={kept?.state === "working" && kept.is_own}>
            {error !== null && <Trouble text={error} retry={load} />}
            {kept === null && error === null && <Spinner label={wayOut.loading} />}
            {kept !== null && <>
                <Ways label={wayOut.title} chosen={way} choose={setWay}
                    ways={(["server", "own", "provider"] as const).map((name) => ({ name, ...wayOut.ways[name] }))} />
                {kept.is_own && <p className="check-state" data-state={kept.state === "working" ? "passed" : "failed"} role="status">
                    <Icon name={kept.state === "working" ? "checkCircle" : "warning"} size={18} />
                    <b>{wayOut.now}</b> <code>{kept.url}</code> {kept.reason}</p>}
                {way === "server" ? kept.is_own ? <ToServer path={path} took={took} /> : <p className="field-hint">{wayOut.server}</p>
                    : <RelayForm key={way} path={path} way={way} took={took} />}
                <Signing inbox={inbox} changes={changes} changed={changed} />
            </>}
        </Step>
    );
}

const wayOf = (relay: RelaySettings): Way =>
    !relay.is_own ? "server" : services.some((name) => relay.url?.startsWith(`${name}:`)) ? "provider" : "own";

function ToServer({ path, took }: { path: string; took: (relay: RelaySettings) => void }): JSX.Element {
    const form = useForm({});
    const run = (): void => form.run(words.email.removing, async () => { took(await del<RelaySettings>(path)); say(words.inboxes.saved); });
    return (
        <div className="step-form">
            {form.error !== null && <p className="field-error" role="alert">{form.error}</p>}
            <div className="save-bar"><button type="button" className="button primary" disabled={form.working !== null} onClick={run}>
                {form.working ?? words.email.wayOut.toServer}</button></div>
        </div>
    );
}

function RelayForm({ path, way, took }: { path: string; way: "own" | "provider"; took: (relay: RelaySettings) => void }): JSX.Element {
    const form = useForm<RelayFields & TokenGrant>({
        service: way === "own" ? "smtp" : "postmark", host: "", port: "", user: "", sign_in: "password", password: "", place: "", region: "",
        ...noGrant,
    });
    const { fields } = form;
    const { wayOut } = words.email;
    const text = (name: keyof RelayFields, label: string, more: { hint?: string; placeholder?: string; secret?: boolean } = {}): JSX.Element => (
        <Field label={label} hint={more.hint} error={form.fault(name)}>
            <input type={more.secret ? "password" : "text"} value={fields[name]} placeholder={more.placeholder} spellCheck={false}
                autoComplete={more.secret ? "new-password" : "off"} onChange={(event) => form.set({ [name]: event.target.value })} /></Field>
    );
    const save = (): void => {
        const oauth = way === "own" && fields.sign_in === "oauth";
        const needed: (keyof RelayFields)[] = way === "own" ? fields.sign_in === "password" ? ["host"] : ["host", "user"]
            : fields.service === "ses" ? ["user", "password", "place"] : fields.service === "mailgun" ? ["password", "place"] : ["password"];
        const missing = needed.find((name) => fields[name].trim() === "") ?? (oauth ? missingOf(fields, true) : undefined);
        if (missing !== undefined) { form.refuse(missing, words.inboxes.required); return; }
        form.run(words.inboxes.saving, async () => {
            took(await put<RelaySettings>(path, { url: relayURL(fields), ...(oauth ? grantOf(fields) : {}) }));
            form.set({ password: "", ...noGrant });
            say(wayOut.saved);
        });
    };
    const amazon = fields.service === "ses";
    return (
        <div className="step-form">
            {way === "own" ? <>
                <div className="form-pair wide-first">{text("host", wayOut.host, { placeholder: "smtp.example.com" })}
                    {text("port", wayOut.port, { placeholder: fields.service === "smtps" ? "465" : "587" })}</div>
                <Field label={words.email.mailbox.security}>
                    <select value={fields.service} onChange={(event) => form.set({ service: event.target.value as Service })}>
                        <option value="smtp">{words.email.mailbox.securities.starttls}</option>
                        <option value="smtps">{words.email.mailbox.securities.tls}</option></select></Field>
                <div className="form-pair">{text("user", wayOut.user)}
                    <SignInField value={fields.sign_in} choose={(sign_in) => form.set({ sign_in, password: "", ...noGrant })} /></div>
                {fields.sign_in === "oauth" ? <TokenFields form={form} kept={false} />
                    : text("password", words.email.mailbox[fields.sign_in], { secret: true, hint: words.email.secret })}
            </> : <>
                <Field label={words.email.provider.kind}>
                    <select value={fields.service} onChange={(event) => form.set({ service: event.target.value as Service })}>
                        {services.map((name) => <option key={name} value={name}>
                            {words.email.provider.kinds[name as "postmark"]}</option>)}</select></Field>
                {amazon && text("user", wayOut.keyID)}
                {text("password", amazon ? wayOut.secretKey : wayOut.key, { secret: true, hint: words.email.secret })}
                {(amazon || fields.service === "mailgun") && text("place", amazon ? wayOut.region : wayOut.domain,
                    { placeholder: amazon ? "eu-west-1" : "mg.example.com" })}
                {(fields.service === "mailgun" || fields.service === "sendgrid") &&
                    <Field label={wayOut.where}>
                        <select value={fields.region} onChange={(event) => form.set({ region: event.target.value })}>
                            <option value="">{wayOut.us}</option><option value="eu">{wayOut.eu}</option></select></Field>}
            </>}
            {(form.error ?? form.fault("url" as keyof RelayFields)) !== null && <p className="field-error" role="alert">{form.error}</p>}
            <div className="save-bar"><button type="button" className="button primary" disabled={form.working !== null} onClick={save}>
                {form.working ?? wayOut.save}</button></div>
        </div>
    );
}
