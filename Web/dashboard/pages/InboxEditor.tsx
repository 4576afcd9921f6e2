import { useEffect, useState } from "react";
import type { FormEvent } from "react";
import { explain, get, patch } from "../model/api";
import { useCell } from "../model/cells";
import { inboxes, loadInboxes } from "../model/directory";
import { link } from "../model/route";
import { account } from "../model/session";
import { say } from "../model/toasts";
import type { Inbox } from "../model/types";
import { Icon } from "../parts/Icon";
import { Field, Spinner, Switch, Trouble } from "../parts/Small";
import { words } from "../words";
import { contrast, fillAndText, parseColour, toHex, WHITE } from "../../widget/shared/colour";
import { EmailPage } from "./email/EmailPage";
import { isEmail } from "./Inboxes";
import { MailForm } from "./MailForm";
import { MessagesForm } from "./MessagesForm";
import { SecurityForm } from "./SecurityForm";

export function InboxEditor({ id, part }: { id: number; part?: "email" }): JSX.Element {
    const known = useCell(inboxes).find((inbox) => inbox.id === id);
    const [inbox, setInbox] = useState<Inbox | null>(known ?? null);
    const [error, setError] = useState<string | null>(null);
    useEffect(() => {
        get<Inbox>(account(`/inboxes/${id}`)).then(setInbox).catch((failure: unknown) => setError(explain(failure)));
    }, [id]);
    if (inbox === null) return <article className="page-body">
        {error === null ? <Spinner label={words.inboxes.loading} /> : <Trouble text={error} />}</article>;
    return (
        <article className="page-body">
            <h2 className="inbox-title"><Icon name={isEmail(inbox) ? "mail" : "globe"} size={20} />{inbox.name}
                <span className="inbox-place">{isEmail(inbox) ? inbox.email : inbox.website_url}</span></h2>
            <nav className="inbox-parts" aria-label={words.inboxes.parts}>
                {([undefined, "email"] as const).map((one) => (
                    <a key={one ?? "general"} {...link({ page: "settings", section: "inboxes", id, part: one })}
                        aria-current={one === part ? "page" : undefined}>{one === undefined ? words.inboxes.general : words.inboxes.emailSection}</a>
                ))}
            </nav>
            {part === "email" ? <EmailPage inbox={inbox} changed={setInbox} /> : <Editor inbox={inbox} changed={setInbox} />}
        </article>
    );
}

/** The part of an inbox that this page edits. */
interface Fields { name: string; greetingEnabled: boolean; greeting: string; title: string; tagline: string; color: string }

function fieldsOf(inbox: Inbox): Fields {
    return {
        name: inbox.name, greetingEnabled: inbox.greeting_enabled === true, greeting: inbox.greeting_message ?? "",
            title: inbox.welcome_title ?? "",
        tagline: inbox.welcome_tagline ?? "", color: inbox.widget_color || "#0b6e75",
    };
}

function Editor({ inbox, changed: took }: { inbox: Inbox; changed: (inbox: Inbox) => void }): JSX.Element {
    const email = isEmail(inbox);
    const [saved, setSaved] = useState(() => fieldsOf(inbox));
    const [fields, setFields] = useState(saved);
    const [working, setWorking] = useState(false);
    const [error, setError] = useState<string | null>(null);
    const set = (part: Partial<Fields>): void => setFields((now) => ({ ...now, ...part }));
    const changed = (Object.keys(fields) as (keyof Fields)[]).some((name) => fields[name] !== saved[name]);

    const submit = (event: FormEvent): void => {
        event.preventDefault();
        if (fields.name.trim() === "") return;
        setWorking(true);
        setError(null);
        const channel = email ? {}
            : { welcome_title: fields.title, welcome_tagline: fields.tagline, widget_color: fields.color };
        patch<Inbox>(account(`/inboxes/${inbox.id}`),
            { name: fields.name.trim(), greeting_enabled: fields.greetingEnabled, greeting_message: fields.greeting, channel })
            .then(async (now) => {
                setSaved(fields);
                took(now);
                say(words.inboxes.saved);
                await loadInboxes().catch(() => undefined);
            })
            .catch((failure: unknown) => setError(explain(failure)))
            .finally(() => setWorking(false));
    };
    return (
        <>
            {inbox.web_widget_script && <Snippet code={inbox.web_widget_script} inbox={inbox.id} />}
            <form onSubmit={submit}>
                <section className="card form">
                    <h3>{words.inboxes.general}</h3>
                    <Field label={words.inboxes.name} hint={words.inboxes.nameHint}
                        error={fields.name.trim() === "" ? words.inboxes.required : null}>
                            <input value={fields.name} onChange={(event) => set({ name: event.target.value })} /></Field>
                    <Switch label={words.inboxes.greetingEnabled} hint={words.inboxes.greetingEnabledHint} on={fields.greetingEnabled}
                        onChange={(on) => set({ greetingEnabled: on })} />
                    {fields.greetingEnabled &&
                        <Field label={words.inboxes.greeting}>
                            <textarea rows={3} value={fields.greeting} onChange={(event) => set({ greeting: event.target.value })} />
                                </Field>}
                </section>
                {!email && <>
                    <section className="card form with-preview">
                        <div>
                            <h3>{words.inboxes.appearance}</h3>
                            <Field label={words.inboxes.welcomeTitle}>
                                <input value={fields.title} onChange={(event) => set({ title: event.target.value })} /></Field>
                            <Field label={words.inboxes.welcomeTagline}>
                                <input value={fields.tagline} onChange={(event) => set({ tagline: event.target.value })} /></Field>
                            <Field label={words.inboxes.color}
                                error={contrast(parseColour(fields.color), WHITE) < 4.5 ? words.inboxes.colorLow : null}>
                                <span className="color-field">
                                    <input type="color" value={/^#[0-9a-f]{6}$/i.test(fields.color) ? fields.color : "#0b6e75"}
                                        onChange={(event) => set({ color: event.target.value })} />
                                    <input value={fields.color} maxLength={7} aria-label={words.inboxes.color}
                                        onChange={(event) => set({ color: event.target.value })} /></span>
                            </Field>
                        </div>
                        <WidgetPreview fields={fields} />
                    </section>
                </>}
                {error !== null && <p className="field-error" role="alert">{error}</p>}
                <div className="save-bar">
                    <button type="submit" className="button primary" disabled={!changed || working || fields.name.trim() === ""}>
                        {working ? words.inboxes.saving : words.inboxes.save}</button>
                            {changed && !working && <span className="absent">{words.inboxes.unsaved}</span>}</div>
            </form>
            <MessagesForm inbox={inbox} />
            {!email && inbox.hmac_token && <SecurityForm inbox={inbox} />}
            <MailForm inbox={inbox.id} />
        </>
    );
}

function Snippet({ code, inbox }: { code: string; inbox: number }): JSX.Element {
    const [copied, setCopied] = useState(false);
    const copy = (): void => {
        void navigator.clipboard?.writeText(code).then(() => { setCopied(true); window.setTimeout(() => setCopied(false), 2000); })
            .catch(() => undefined);
    };
    return (
        <section className="card form">
            <h3>{words.inboxes.snippet}</h3>
            <p className="field-hint">{words.inboxes.snippetText}</p>
            <div className="snippet"><pre tabIndex={0}>{code.trim()}</pre>
                <button type="button" className="button small" onClick={copy}><Icon name={copied ? "check" : "copy"} size={14} />
                    {copied ? words.inboxes.copied : words.inboxes.copy}</button></div>
            <a className="text-link" {...link({ page: "settings", section: "inboxes", id: inbox, part: "email" })}>
                <Icon name="mail" size={16} />{words.inboxes.nextEmail}</a>
        </section>
    );
}

function WidgetPreview({ fields }: { fields: Fields }): JSX.Element {
    // The widget's own rule: what is drawn here is what visitors see.
    const { fill, text } = fillAndText(parseColour(fields.color));
    const colours = { background: toHex(fill), color: toHex(text) };
    return (
        <div className="widget-preview" aria-label={words.inboxes.preview} role="img">
            <div className="widget-preview-head" style={colours}><b>{fields.title || fields.name}</b>
                <span>{fields.tagline || words.inboxes.previewGreeting}</span></div>
            <div className="widget-preview-body"><i /><i /></div>
            <span className="widget-preview-launcher" style={colours}><Icon name="chat" size={18} /></span>
        </div>
    );
}
