import { useState } from "react";
import { del, post, put } from "../../model/api";
import type { MailboxSettings, MailboxTest, SignIn } from "../../model/email";
import { atMoment } from "../../model/time";
import { say } from "../../model/toasts";
import { Icon } from "../../parts/Icon";
import { Field, Switch } from "../../parts/Small";
import { words } from "../../words";
import { SignInField } from "./SignInField";
import { grantOf, missingOf, noGrant, TokenFields } from "./TokenFields";
import { useForm } from "../../parts/useForm";

const usualPort = { tls: "993", starttls: "143", none: "143" };

/** A mailbox that mail is fetched from (IMAP). Its password goes in and never comes out. */
export function MailboxForm({ path, kept, took }: { path: string; kept: MailboxSettings | null;
    took: (kept: MailboxSettings | null) => void }): JSX.Element {
    const form = useForm({
        host: kept?.host ?? "", port: kept === null ? "" : String(kept.port), security: kept?.security ?? "tls", user: kept?.user ?? "",
        sign_in: kept?.sign_in ?? ("password" as SignIn), password: "", ...noGrant, folder: kept?.folder ?? "", import_existing: kept?.import_existing ?? false,
    }, { token: "password" });
    const [tried, setTried] = useState<MailboxTest | null>(null);
    const { fields } = form;
    const { mailbox } = words.email;
    const body = (): object => ({
        host: fields.host.trim(), security: fields.security, user: fields.user.trim(), import_existing: fields.import_existing,
        ...(fields.port.trim() === "" ? {} : { port: Number(fields.port) }),
        ...(fields.folder.trim() === "" ? {} : { folder: fields.folder.trim() }),
        ...(fields.sign_in === "oauth" ? grantOf(fields) : fields.password === "" ? {} : { [fields.sign_in]: fields.password }),
    });
    // What is kept is of one kind; another kind has to be written.
    const isKept = kept !== null && kept.sign_in === fields.sign_in;
    const isWhole = (): boolean => {
        const missing = fields.sign_in === "oauth" ? missingOf(fields, !isKept) : undefined;
        const [name, text] = fields.host.trim() === "" ? (["host", mailbox.noHost] as const)
            : fields.user.trim() === "" ? (["user", mailbox.noUser] as const)
            : missing !== undefined ? ([missing, words.inboxes.required] as const)
            : fields.sign_in !== "oauth" && fields.password === "" && !isKept ? (["password", mailbox.noPassword] as const) : [null, ""];
        if (name !== null) form.refuse(name, text);
        return name === null;
    };
    const set = (part: Partial<typeof fields>): void => { form.set(part); setTried(null); };
    const tryIt = (): void => { if (isWhole()) form.run(mailbox.trying, async () => setTried(await post<MailboxTest>(`${path}/test`, body()))); };
    const save = (): void => { if (isWhole()) form.run(words.inboxes.saving, async () => {
        took(await put<MailboxSettings>(path, body()));
        form.set({ password: "", ...noGrant });
        say(mailbox.saved);
    }); };
    const forget = (): void => form.run(mailbox.stopping, async () => { await del(path); took(null); say(mailbox.stopped); });
    return (
        <div className="step-form">
            {kept !== null && <p className="check-state" data-state={kept.state === "stopped" ? "failed" : kept.state} role="status">
                <Icon name={kept.state === "working" ? "checkCircle" : kept.state === "connecting" ? "clock" : "warning"} size={18} />
                <b>{mailbox.states[kept.state]}</b> {kept.reason}
                {kept.last_mail_at !== null && <span className="absent">{mailbox.lastMail(atMoment(kept.last_mail_at))}</span>}</p>}
            <div className="form-pair wide-first">
                <Field label={mailbox.host} error={form.fault("host")}>
                    <input value={fields.host} placeholder="imap.example.com" spellCheck={false}
                        onChange={(event) => set({ host: event.target.value })} /></Field>
                <Field label={mailbox.port} error={form.fault("port")}>
                    <input value={fields.port} inputMode="numeric" placeholder={usualPort[fields.security]}
                        onChange={(event) => set({ port: event.target.value.replace(/\D/g, "").slice(0, 5) })} /></Field>
            </div>
            <Field label={mailbox.security} error={form.fault("security")}>
                <select value={fields.security} onChange={(event) => set({ security: event.target.value as typeof fields.security })}>
                    {(["tls", "starttls", "none"] as const).map((name) => <option key={name} value={name}>{mailbox.securities[name]}</option>)}
                </select></Field>
            <Field label={mailbox.user} hint={mailbox.userHint} error={form.fault("user")}>
                <input value={fields.user} autoComplete="off" spellCheck={false} onChange={(event) => set({ user: event.target.value })} /></Field>
            <div className="form-pair">
                <SignInField value={fields.sign_in} choose={(sign_in) => set({ sign_in, password: "", ...noGrant })} />
                {fields.sign_in !== "oauth" &&
                    <Field label={mailbox[fields.sign_in]} hint={isKept ? words.email.secretKept : words.email.secret} error={form.fault("password")}>
                        <input type="password" value={fields.password} autoComplete="new-password"
                            onChange={(event) => set({ password: event.target.value })} /></Field>}
            </div>
            {fields.sign_in === "oauth" && <TokenFields form={{ ...form, set }} kept={isKept} />}
            <Field label={mailbox.folder} error={form.fault("folder")}>
                <input value={fields.folder} placeholder="INBOX" spellCheck={false}
                    onChange={(event) => set({ folder: event.target.value })} /></Field>
            <Switch label={mailbox.existing} hint={mailbox.existingHint} on={fields.import_existing}
                onChange={(on) => set({ import_existing: on })} />
            {tried !== null && <p className={tried.works ? "field-good" : "field-error"} role="status">{tried.message}</p>}
            {form.error !== null && <p className="field-error" role="alert">{form.error}</p>}
            <div className="save-bar">
                <button type="button" className="button primary" disabled={form.working !== null} onClick={save}>
                    {form.working ?? mailbox.save}</button>
                <button type="button" className="button" disabled={form.working !== null} onClick={tryIt}>{mailbox.test}</button>
                {kept !== null && <button type="button" className="button" data-danger disabled={form.working !== null} onClick={forget}>
                    {mailbox.stop}</button>}
            </div>
        </div>
    );
}
