import { useCallback, useEffect, useState } from "react";
import { del, explain, patch, post } from "../model/api";
import { canned, loadCanned, variableNames } from "../model/canned";
import type { Canned } from "../model/canned";
import { useCell } from "../model/cells";
import { account } from "../model/session";
import { attempt, say } from "../model/toasts";
import { Icon } from "../parts/Icon";
import { Empty, Field, Spinner, Trouble } from "../parts/Small";
import { words } from "../words";

/** The team's ready answers: to be read, written and thrown away. */
export function CannedResponses(): JSX.Element {
    const rows = useCell(canned);
    const [loading, setLoading] = useState(true);
    const [error, setError] = useState<string | null>(null);
    const [edited, setEdited] = useState<number | "new" | null>(null);
    const load = useCallback(() => {
        setError(null);
        loadCanned().catch((failure: unknown) => setError(explain(failure))).finally(() => setLoading(false));
    }, []);
    useEffect(load, [load]);
    const drop = (row: Canned): void => void attempt(async () => {
        await del(account(`/canned_responses/${row.id}`));
        await loadCanned();
        say(words.canned.removed);
    });
    return (
        <article className="page-body">
            <header className="page-head">
                <div><h2>{words.canned.title}</h2><p className="page-lead">{words.canned.lead}</p></div>
                <div className="page-actions"><button type="button" className="button primary" onClick={() => setEdited("new")}>
                    <Icon name="plus" size={16} />{words.canned.add}</button></div>
            </header>
            {error !== null && <Trouble text={error} retry={load} />}
            {loading && rows.length === 0 && <Spinner label={words.canned.loading} />}
            {edited === "new" && <Form done={() => setEdited(null)} />}
            {!loading && error === null && rows.length === 0 && edited === null &&
                <Empty icon="chat" title={words.canned.none}>{words.canned.noneText}</Empty>}
            {rows.length > 0 && <ul className="card flush canned-rows">
                {rows.map((row) => (
                    <li key={row.id}>
                        {edited === row.id ? <Form row={row} done={() => setEdited(null)} /> : <>
                            <span className="canned-words"><b>/{row.short_code}</b><span>{row.content}</span></span>
                            <button type="button" className="icon-button" aria-label={`${words.canned.edit} /${row.short_code}`}
                                onClick={() => setEdited(row.id)}><Icon name="pencil" size={16} /></button>
                            <button type="button" className="icon-button" aria-label={`${words.canned.remove} /${row.short_code}`}
                                onClick={() => drop(row)}><Icon name="close" size={16} /></button>
                        </>}
                    </li>
                ))}
            </ul>}
        </article>
    );
}

function Form({ row, done }: { row?: Canned; done: () => void }): JSX.Element {
    const [code, setCode] = useState(row?.short_code ?? "");
    const [content, setContent] = useState(row?.content ?? "");
    const [error, setError] = useState<string | null>(null);
    const [working, setWorking] = useState(false);
    const save = (): void => {
        setWorking(true);
        setError(null);
        const body = { short_code: code, content };
        (row === undefined ? post(account("/canned_responses"), body) : patch(account(`/canned_responses/${row.id}`), body))
            .then(loadCanned).then(() => { say(words.canned.saved); done(); })
            .catch((failure: unknown) => { setError(explain(failure)); setWorking(false); });
    };
    return (
        <form className="card form canned-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
            <Field label={words.canned.shortCode} hint={words.canned.shortCodeHint}>
                <input value={code} autoFocus spellCheck={false} maxLength={64} onChange={(event) => setCode(event.target.value)} /></Field>
            <Field label={words.canned.content} hint={words.canned.contentHint(variableNames.map((name) => `{{${name}}}`).join(", "))}>
                <textarea rows={4} value={content} onChange={(event) => setContent(event.target.value)} /></Field>
            {error !== null && <p className="field-error" role="alert">{error}</p>}
            <div className="save-bar">
                <button type="submit" className="button primary" disabled={working}>{words.canned.save}</button>
                <button type="button" className="button" onClick={done}>{words.canned.cancel}</button></div>
        </form>
    );
}
