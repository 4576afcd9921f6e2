import { useCallback, useEffect, useRef, useState } from "react";
import { explain, get, post, query } from "../model/api";
import { link } from "../model/route";
import { account } from "../model/session";
import { atFull, atMoment, fileSize } from "../model/time";
import { attempt, say } from "../model/toasts";
import type { StoredMail } from "../model/types";
import { Icon } from "../parts/Icon";
import { Empty, Spinner, Trouble } from "../parts/Small";
import { words } from "../words";

const said = words.mailDesk;

export function MailDesk(): JSX.Element {
    const [outcome, setOutcome] = useState("");
    const [rows, setRows] = useState<StoredMail[]>([]);
    const [count, setCount] = useState(0);
    const [page, setPage] = useState(0);
    const [loading, setLoading] = useState(true);
    const [error, setError] = useState<string | null>(null);
    const turn = useRef(0);
    const fetchPage = useCallback((which: string, number: number) => {
        turn.current += 1;
        const mine = turn.current;
        setLoading(true);
        setError(null);
        get<{ payload: StoredMail[]; meta: { count: number } }>(account("/mails") + query({ outcome: which, page: number }))
            .then((answer) => {
            if (mine !== turn.current) return;
            setRows((now) => (number === 1 ? answer.payload
                : [...now, ...answer.payload.filter((row) => !now.some((one) => one.id === row.id))]));
            setCount(answer.meta.count);
            setPage(number);
            setLoading(false);
        }).catch((failure: unknown) => {
            if (mine !== turn.current) return;
            setError(explain(failure));
            setLoading(false);
        });
    }, []);
    useEffect(() => fetchPage(outcome, 1), [outcome, fetchPage]);
    const replay = (mail: StoredMail): Promise<boolean> => attempt(async () => {
        await post(account(`/mails/${mail.id}/replay`));
        say(said.replayed);
        window.setTimeout(() => fetchPage(outcome, 1), 1500);
    });
    return (
        <article className="page-body wide">
            <header className="page-head"><div><h2>{said.title}</h2><p className="page-lead">{said.lead}</p></div></header>
            <div className="chips" role="group" aria-label={said.outcome}>
                {Object.keys(said.outcomes)
                    .map((one) => <button key={one} type="button" className="chip" aria-pressed={one === outcome}
                        onClick={() => { setRows([]); setOutcome(one); }}>{said.outcomes[one]}</button>)}
            </div>
            {error !== null && <Trouble text={error} retry={() => fetchPage(outcome, 1)} />}
            {!loading && error === null && rows.length === 0 && <Empty icon="mail" title={said.empty}>{said.emptyText}</Empty>}
            {rows.length > 0 && <ul className="card flush mails">
                {rows.map((mail) => <MailRow key={mail.id} mail={mail} replay={() => replay(mail)} />)}</ul>}
            {loading && <div className="list-more"><Spinner label={said.loading} /></div>}
            {!loading && rows.length < count &&
                <div className="list-more">
                    <button type="button" className="button" onClick={() => fetchPage(outcome, page + 1)}>{said.more}</button></div>}
        </article>
    );
}

function sender(mail: StoredMail): string {
    if (mail.from === null || mail.from === undefined) return mail.envelope_from || said.nobody;
    if (typeof mail.from === "string") return mail.from;
    return mail.from.name || mail.from.address || said.nobody;
}

function MailRow({ mail, replay }: { mail: StoredMail; replay: () => Promise<boolean> }): JSX.Element {
    const [open, setOpen] = useState(false);
    const [working, setWorking] = useState(false);
    // What is a message already has nothing to be processed again.
    const became = mail.outcome === "threaded" || mail.outcome === "new_conversation" || mail.outcome === "held";
    const facts: [string, string | null | undefined][] = [
        [said.detail.reason, mail.reason], [said.detail.sender, mail.envelope_from], [said.detail.recipients, mail.recipients?.join(", ")],
        [said.detail.evidence, mail.evidence_detail ??
            (mail.evidence === null ? null : words.mail.evidence[mail.evidence] ?? mail.evidence)],
        [said.detail.standing, mail.standing === null ? null : words.mail.standing[mail.standing] ?? mail.standing],
        [said.detail.kind, mail.kind], [said.detail.way, mail.ingress], [said.detail.id, mail.message_id],
            [said.detail.size, fileSize(mail.size)],
    ];
    return (
        <li className="mail-row" data-open={open || undefined}>
            <button type="button" className="mail-summary" aria-expanded={open} onClick={() => setOpen(!open)}>
                <span className="mail-from">{sender(mail)}</span>
                <span className="mail-subject"><span>{mail.subject || said.noSubject}</span>
                    {mail.reason && <span className="mail-reason">{mail.reason}</span>}</span>
                <span className="pill" data-tone={tone(mail.outcome)}>
                    {mail.outcome === null ? said.waiting : said.outcomes[mail.outcome] ?? mail.outcome}</span>
                <time title={atFull(mail.received_at)}>{atMoment(mail.received_at)}</time>
                <Icon name="chevron" size={14} />
            </button>
            {open && <div className="mail-more">
                <dl>{facts.filter(([, value]) => value)
                    .map(([label, value]) => <div key={label}><dt>{label}</dt><dd dir="auto">{value}</dd></div>)}</dl>
                <div className="mail-actions">
                    {mail.conversation_id !== null &&
                        <a className="button small" {...link({ page: "conversations", id: mail.conversation_id })}>
                            <Icon name="chat" size={14} />{said.openConversation}</a>}
                    <a className="button small" href={account(`/mails/${mail.id}/raw`)} download><Icon name="download" size={14} />
                        {said.original}</a>
                    {!became && <button type="button" className="button small" disabled={working}
                        onClick={() => { setWorking(true); void replay().finally(() => setWorking(false)); }}>
                            <Icon name="refresh" size={14} />{working ? said.replaying : said.replay}</button>}
                </div>
            </div>}
        </li>
    );
}

function tone(outcome: string | null): string | undefined {
    if (outcome === "failed" || outcome === "refused") return "bad";
    if (outcome === "held" || outcome === "quarantined") return "held";
    if (outcome === "threaded" || outcome === "new_conversation") return "good";
    return undefined;
}
