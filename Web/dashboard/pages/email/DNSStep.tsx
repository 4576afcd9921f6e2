import { useCallback, useEffect, useState } from "react";
import { explain } from "../../model/api";
import { loadRows } from "../../model/email";
import type { DNSRow, DNSRows } from "../../model/email";
import { Icon } from "../../parts/Icon";
import { CopyButton } from "../../parts/CopyButton";
import { Spinner, Trouble } from "../../parts/Small";
import { words } from "../../words";
import { Step } from "./Step";

/** DNS is slow to tell: it is asked again by itself while something is missing. */
const again = 15_000;

/** The rows to write where the domain is kept, each with a tick once it stands there. */
export function DNSStep({ inbox, changes }: { inbox: number; changes: number }): JSX.Element {
    const [rows, setRows] = useState<DNSRows | null>(null);
    const [error, setError] = useState<string | null>(null);
    const [asking, setAsking] = useState(false);
    const load = useCallback(() => {
        setAsking(true);
        loadRows(inbox).then((now) => { setRows(now); setError(null); }).catch((failure: unknown) => setError(explain(failure)))
            .finally(() => setAsking(false));
    }, [inbox]);
    useEffect(load, [load, changes]);
    const waits = rows !== null && rows.asked && rows.payload.some((row) => row.state === "missing" || row.state === "different");
    useEffect(() => {
        if (!waits) return undefined;
        const timer = window.setInterval(() => { if (document.visibilityState === "visible") load(); }, again);
        return () => window.clearInterval(timer);
    }, [waits, load]);
    const { dns } = words.email;
    const done = rows !== null && rows.payload.length > 0 && rows.payload.every((row) => row.state === "found");
    return (
        <Step title={dns.title} lead={dns.lead} done={done}>
            {error !== null && <Trouble text={error} retry={load} />}
            {rows === null && error === null && <Spinner label={dns.asking} />}
            {rows?.problem && <p className="field-error" role="status">{rows.problem.words} {rows.problem.advice}</p>}
            {rows !== null && !rows.asked && <p className="field-hint">{dns.off}</p>}
            {rows !== null && rows.payload.length > 0 && <ul className="dns-rows" aria-label={dns.title}>
                {rows.payload.map((row) => <li key={`${row.type} ${row.name}`}><DNSRowView row={row} /></li>)}</ul>}
            {rows !== null && <div className="save-bar">
                <button type="button" className="button small" disabled={asking} onClick={load}>
                    <Icon name="refresh" size={14} />{asking ? dns.asking : dns.again}</button>
                {waits && <span className="absent">{dns.waits}</span>}</div>}
        </Step>
    );
}

/** What stands in DNS, what should, and buttons that copy. */
export function DNSRowView({ row }: { row: DNSRow }): JSX.Element {
    const { dns } = words.email;
    const tone = row.state === "found" ? "good" : row.state === "unknown" ? undefined : "bad";
    return (
        <div className="dns-row" data-state={row.state}>
            <div className="dns-head"><b>{row.type}</b>
                <span className="pill" data-tone={tone}>{row.state === "found" && <Icon name="check" size={11} />}{dns.states[row.state]}</span></div>
            <dl>
                <div><dt>{dns.name}</dt><dd><code>{row.name}</code><CopyButton text={row.name} what={`${row.type} ${dns.name}`} /></dd></div>
                <div><dt>{dns.value}</dt><dd>{row.value === null ? <span className="absent">{dns.yours}</span>
                    : <><code>{row.value}</code><CopyButton text={row.value} what={`${row.type} ${dns.value}`} /></>}</dd></div>
                {row.state === "different" && row.found.length > 0 &&
                    <div><dt>{dns.found}</dt><dd>{row.found.map((text) => <code key={text}>{text}</code>)}</dd></div>}
            </dl>
            <p className="field-hint">{row.why}</p>
        </div>
    );
}
