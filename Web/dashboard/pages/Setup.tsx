import { useState } from "react";
import type { FormEvent } from "react";
import { APIError, explain, post } from "../model/api";
import { Icon, Mark } from "../parts/Icon";
import { Field } from "../parts/Small";
import { words } from "../words";

type Name = "account_name" | "name" | "email" | "password";
const order: Name[] = ["account_name", "name", "email", "password"];

/** The token of the link that this page was opened by; null on every other page. */
export const setupToken = /^\/setup\/([0-9a-f]{32})$/.exec(location.pathname)?.[1] ?? null;

/** Where the first administrator is made, behind the link that the server printed. Afterwards the setup goes on with the first inbox. */
export function Setup({ token }: { token: string }): JSX.Element {
    const [fields, setFields] = useState<Record<Name, string>>({ account_name: "", name: "", email: "", password: "" });
    const [told, setTold] = useState<Partial<Record<Name, string>>>({});
    const [error, setError] = useState<string | null>(null);
    const [shown, setShown] = useState(false);
    const [working, setWorking] = useState(false);
    const set = (name: Name) => (event: { target: { value: string } }): void => {
        setFields((now) => ({ ...now, [name]: event.target.value }));
        setTold((now) => ({ ...now, [name]: undefined }));
    };
    const point = (faults: Partial<Record<Name, string>>): void => {
        setTold(faults);
        const first = order.find((name) => faults[name] !== undefined);
        document.querySelector<HTMLElement>(`[name=${first ?? "none"}]`)?.focus();
    };
    const submit = (event: FormEvent): void => {
        event.preventDefault();
        const faults = lookOver(fields);
        point(faults);
        setError(null);
        if (Object.keys(faults).length > 0) return;
        setWorking(true);
        // The address is a secret that is used up now: it does not stay in the history.
        post(`/setup/${token}`, fields).then(() => location.replace("/app/settings/inboxes")).catch((failure: unknown) => {
            setWorking(false);
            const name = failure instanceof APIError ? (failure.body as { attributes?: Name[] } | null)?.attributes?.[0] : undefined;
            if (name !== undefined && order.includes(name)) point({ [name]: explain(failure) });
            else setError(explain(failure));
        });
    };
    const { setup } = words;
    return (
        <main className="sign-in">
            <form className="sign-in-card" onSubmit={submit} noValidate>
                <div className="sign-in-brand"><Mark size={40} /><span>{words.product}</span></div>
                <h1>{setup.title}</h1>
                <p className="sign-in-lead">{setup.lead}</p>
                <Field label={setup.company} hint={setup.companyHint} error={told.account_name}>
                    <input name="account_name" autoComplete="organization" autoFocus maxLength={100} value={fields.account_name}
                        onChange={set("account_name")} /></Field>
                <Field label={setup.name} hint={setup.nameHint} error={told.name}>
                    <input name="name" autoComplete="name" maxLength={100} value={fields.name} onChange={set("name")} /></Field>
                <Field label={setup.email} hint={setup.emailHint} error={told.email}>
                    <input name="email" type="email" autoComplete="username" value={fields.email} onChange={set("email")} /></Field>
                <Field label={setup.password} hint={setup.passwordHint} error={told.password}>
                    <span className="password">
                        <input name="password" type={shown ? "text" : "password"} autoComplete="new-password" aria-label={setup.password}
                            value={fields.password} onChange={set("password")} />
                        <button type="button" className="icon-button" aria-pressed={shown}
                            aria-label={shown ? words.signIn.hide : words.signIn.show} onClick={() => setShown(!shown)}>
                                <Icon name={shown ? "eyeOff" : "eye"} size={18} /></button>
                    </span></Field>
                {error !== null && <p className="field-error" role="alert">{error}</p>}
                <button type="submit" className="button primary wide" disabled={working}>{working ? setup.working : setup.submit}</button>
            </form>
        </main>
    );
}

function lookOver(fields: Record<Name, string>): Partial<Record<Name, string>> {
    const faults: Partial<Record<Name, string>> = {};
    if (fields.account_name.trim() === "") faults.account_name = words.setup.noCompany;
    if (fields.name.trim() === "") faults.name = words.setup.noName;
    if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(fields.email.trim())) faults.email = words.setup.badEmail;
    if (new TextEncoder().encode(fields.password).length < 8) faults.password = words.setup.shortPassword;
    return faults;
}
