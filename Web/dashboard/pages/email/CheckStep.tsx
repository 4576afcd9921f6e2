import { useCallback, useEffect, useState } from "react";
import { explain, post } from "../../model/api";
import { useCell } from "../../model/cells";
import { checkNews, loadCheck } from "../../model/email";
import type { Check, Fault, Hop } from "../../model/email";
import { account } from "../../model/session";
import { atMoment } from "../../model/time";
import { Icon } from "../../parts/Icon";
import { Spinner, Trouble } from "../../parts/Small";
import { words } from "../../words";
import { DNSRowView } from "./DNSStep";
import { Step } from "./Step";

/** Should an event be missed, a running check is asked for all the same. */
const pause = 4000;

/** A mail that really goes out and really comes back: every hop as it happens, and on failure what to mend. */
export function CheckStep({ inbox, changes }: { inbox: number; changes: number }): JSX.Element {
    const [check, setCheck] = useState<Check | null>(null);
    const [error, setError] = useState<string | null>(null);
    const [starting, setStarting] = useState(false);
    const news = useCell(checkNews)[inbox] ?? 0;
    const load = useCallback(() => {
        loadCheck(inbox).then((now) => { setCheck(now); setError(null); }).catch((failure: unknown) => setError(explain(failure)));
    }, [inbox]);
    useEffect(load, [load, news, changes]);
    const running = check?.state === "running";
    useEffect(() => {
        if (!running) return undefined;
        const timer = window.setInterval(load, pause);
        return () => window.clearInterval(timer);
    }, [running, load]);
    const run = (): void => {
        setStarting(true);
        post<Check>(account(`/inboxes/${inbox}/continuity_check`)).then((now) => { setCheck(now); setError(null); })
            .catch((failure: unknown) => setError(explain(failure))).finally(() => setStarting(false));
    };
    const { check: say } = words.email;
    return (
        <Step title={say.title} lead={say.lead} done={check?.state === "passed"}>
            {check === null && error === null && <Spinner label={say.loading} />}
            {check !== null && <>
                <p className="check-state" data-state={check.state} role="status">
                    {running ? <Spinner label={say.states.running} /> : <Icon size={18}
                        name={check.state === "passed" ? "checkCircle" : check.state === "failed" ? "warning" : "clock"} />}
                    <b>{say.states[check.state]}</b>
                    {check.finished_at !== null && <span className="absent">{atMoment(check.finished_at)}</span>}
                </p>
                {check.why_not !== null && <p className="field-hint">{check.why_not}</p>}
                {check.hops.length > 0 && <ol className="hops" aria-label={say.hops}>
                    {check.hops.map((hop, index) => <HopView key={index} hop={hop} start={check.hops[0]?.at ?? hop.at} />)}
                    {running && <li className="hop" data-state="running"><span className="hop-mark" /><span>{say.waiting}</span></li>}</ol>}
                {check.faults.map((fault) => <FaultView key={fault.code} fault={fault} />)}
            </>}
            {error !== null && <Trouble text={error} retry={load} />}
            <div className="save-bar">
                <button type="button" className="button primary" disabled={starting || running} onClick={run}>
                    {starting || running ? say.running : check?.state === "never" || check === null ? say.run : say.runAgain}</button>
            </div>
        </Step>
    );
}

function HopView({ hop, start }: { hop: Hop; start: number }): JSX.Element {
    const after = (hop.at - start) / 1000;
    return (
        <li className="hop" data-state={hop.state}>
            <span className="hop-mark"><Icon name={hop.state === "failed" ? "close" : hop.state === "done" ? "check" : "clock"} size={12}
                label={words.email.check.hopStates[hop.state]} /></span>
            <span><b>{words.email.check.names[hop.name] ?? hop.name}</b> {hop.words}</span>
            <time>{after < 0.05 ? "" : `+${after.toFixed(after < 10 ? 1 : 0)} s`}</time>
        </li>
    );
}

function FaultView({ fault }: { fault: Fault }): JSX.Element {
    return (
        <div className="fault" data-level={fault.level}>
            <p><Icon name="warning" size={16} label={words.email.check.levels[fault.level]} /><b>{fault.words}</b></p>
            <p>{fault.advice}</p>
            {fault.setting !== null && <p className="field-hint">{words.email.check.setting} <code>{fault.setting}</code></p>}
            {fault.record !== null && <DNSRowView row={fault.record} />}
        </div>
    );
}
