import { useEffect, useState } from "react";
import { del, explain, get, post, put } from "../../model/api";
import { account } from "../../model/session";
import { say } from "../../model/toasts";
import { Field, Spinner, Trouble } from "../../parts/Small";
import { Tabs } from "../../parts/Tabs";
import { words } from "../../words";

interface Parts { text: string; html: string }
interface Template { own: Parts | null; built_in: Parts; languages: string[] }
interface Preview { from: string; subject: string; text: string; html: string }
type Kind = "reply" | "survey" | "transcript";

const quiet = 400;

/** The form of an inbox's mails: both parts to edit, and beside them what a customer would get. */
export function MailForm({ inbox }: { inbox: number }): JSX.Element {
    const [template, setTemplate] = useState<Template | null>(null);
    const [error, setError] = useState<string | null>(null);
    useEffect(() => {
        get<Template>(account(`/inboxes/${inbox}/mail_template`)).then(setTemplate)
            .catch((failure: unknown) => setError(explain(failure)));
    }, [inbox]);
    return (
        <section className="card form mail-form">
            <h3>{words.mailForm.title}</h3>
            <p className="field-hint">{words.mailForm.lead}</p>
            {error !== null ? <Trouble text={error} /> : template === null ? <Spinner label={words.mailForm.loading} />
                : <Editor inbox={inbox} template={template} changed={setTemplate} />}
        </section>
    );
}

function Editor({ inbox, template, changed }: { inbox: number; template: Template; changed: (template: Template) => void }): JSX.Element {
    const kept = template.own ?? template.built_in;
    const [parts, setParts] = useState<Parts>(kept);
    const [part, setPart] = useState<"html" | "text">("html");
    const [error, setError] = useState<string | null>(null);
    const [working, setWorking] = useState(false);
    const address = account(`/inboxes/${inbox}/mail_template`);
    const isNew = parts.text !== kept.text || parts.html !== kept.html;

    const run = (work: Promise<Template>, done: string): void => {
        setWorking(true);
        work.then((now) => {
            changed(now);
            setParts(now.own ?? now.built_in);
            setError(null);
            say(done);
        }).catch((failure: unknown) => setError(explain(failure))).finally(() => setWorking(false));
    };
    return (
        <>
            <div className="mail-form-columns">
                <div>
                    <Tabs label={words.mailForm.title} chosen={part} choose={setPart}
                        tabs={(["html", "text"] as const).map((name) => ({ name, text: words.mailForm[name] }))} />
                    <Field label={words.mailForm[part]} hint={words.mailForm.hint} error={error}>
                        <textarea className="mail-form-source" rows={22} spellCheck={false} value={parts[part]}
                            onChange={(event) => setParts({ ...parts, [part]: event.target.value })} /></Field>
                </div>
                <Shown address={address} parts={parts} languages={template.languages} part={part} tell={setError} />
            </div>
            <div className="save-bar">
                <button type="button" className="button primary" disabled={!isNew || working}
                    onClick={() => run(put<Template>(address, parts), words.mailForm.saved)}>{words.mailForm.save}</button>
                {template.own !== null &&
                    <button type="button" className="button" disabled={working}
                        onClick={() => run(del<Template>(address), words.mailForm.restored)}>{words.mailForm.restore}</button>}
                {isNew && <span className="absent">{words.inboxes.unsaved}</span>}
            </div>
        </>
    );
}

/** A sample mail in this form, a moment after the last keystroke. A form that cannot be used keeps the last good one on screen. */
function Shown({ address, parts, languages, part, tell }: { address: string; parts: Parts; languages: string[]; part: "html" | "text";
    tell: (error: string | null) => void }): JSX.Element {
    const [kind, setKind] = useState<Kind>("reply");
    const [language, setLanguage] = useState("");
    const [preview, setPreview] = useState<Preview | null>(null);
    useEffect(() => {
        let current = true;
        const timer = window.setTimeout(() => {
            post<Preview>(`${address}/preview`, { ...parts, kind, language: language || null }).then((shown) => {
                if (!current) return;
                setPreview(shown);
                tell(null);
            }).catch((failure: unknown) => { if (current) tell(explain(failure)); });
        }, quiet);
        return () => { current = false; window.clearTimeout(timer); };
    }, [address, parts, kind, language, tell]);
    const names = new Intl.DisplayNames([words.locale], { type: "language" });
    return (
        <div>
            <div className="mail-form-choices">
                <Field label={words.mailForm.kind}>
                    <select value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
                        {(["reply", "survey", "transcript"] as const).map((name) =>
                            <option key={name} value={name}>{words.mailForm.kinds[name]}</option>)}</select></Field>
                <Field label={words.mailForm.language}>
                    <select value={language} onChange={(event) => setLanguage(event.target.value)}>
                        <option value="">{words.mailForm.usual}</option>
                        {languages.map((name) => <option key={name} value={name}>{names.of(name) ?? name}</option>)}</select></Field>
            </div>
            {preview !== null && <>
                <p className="mail-form-head"><b>{preview.from}</b><br />{preview.subject}</p>
                {part === "html"
                    // No script and no other right: what an administrator pastes must not run here.
                    ? <iframe className="mail-form-shown" sandbox="" srcDoc={preview.html} title={words.mailForm.preview} />
                    : <pre className="mail-form-shown" tabIndex={0} aria-label={words.mailForm.preview}>{preview.text}</pre>}
            </>}
        </div>
    );
}
