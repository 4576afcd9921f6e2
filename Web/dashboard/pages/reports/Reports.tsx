import { useCallback, useEffect, useMemo, useState } from "react";
import type { Series } from "../../charts/draw";
import { explain } from "../../model/api";
import { csvOf, loadReports } from "../../model/reports";
import type { Daily, Day, Reports as Figures, Scope } from "../../model/reports";
import { me } from "../../model/session";
import { atLength, dayOf, percent } from "../../model/time";
import { Empty, Spinner, Trouble } from "../../parts/Small";
import { words } from "../../words";
import { Figure } from "./Figure";
import type { Plot } from "./Figure";
import { LoadTable } from "./LoadTable";
import { lastDays, ScopeBar } from "./ScopeBar";

const say = words.reports;

/** How much came, how it was dealt with, and how conversations went on by email. */
export function Reports(): JSX.Element {
    const [scope, setScope] = useState<Scope>(() => lastDays(30, null));
    const [figures, setFigures] = useState<{ scope: Scope; found: Figures } | null>(null);
    const [error, setError] = useState<string | null>(null);
    const allowed = me()?.role === "administrator";
    const load = useCallback(() => {
        if (!allowed) return;
        setError(null);
        let late = false;
        loadReports(scope).then((found) => { if (!late) setFigures({ scope, found }); })
            .catch((failure: unknown) => { if (!late) setError(explain(failure)); });
        return () => { late = true; };
    }, [allowed, scope]);
    useEffect(load, [load]);
    return (
        <main className="page">
            <div className="page-main"><article className="page-body wide reports" aria-busy={figures?.scope !== scope}>
                <header className="page-head"><div><h1>{say.title}</h1><p className="page-lead">{say.lead}</p></div></header>
                {!allowed ? <Empty icon="shield" title={say.onlyAdministrators}>{say.onlyAdministratorsText}</Empty> : <>
                    <ScopeBar scope={scope} zone={figures?.found.work.timezone ?? null} change={setScope} zoneChanged={() => setScope({ ...scope })} />
                    {error !== null && <Trouble text={error} retry={load} />}
                    {figures?.scope !== scope && error === null && <Spinner label={say.loading} />}
                    {figures !== null && <Shown figures={figures.found} scope={figures.scope} />}
                </>}
            </article></div>
        </main>
    );
}

function Shown({ figures, scope }: { figures: Figures; scope: Scope }): JSX.Element {
    const { work, handOver, inboxes, agents, teams, labels } = figures;
    const plots = useMemo(() => allPlots(figures, scope), [figures, scope]);
    const time = (seconds: number | null): string => (seconds === null ? say.none : atLength(seconds));
    const within = (seconds: number | null): string | undefined => (seconds === null ? undefined : `${say.times.p90} ${atLength(seconds)}`);
    const share = (value: number | null): string => (value === null ? say.none : percent(value));
    const { totals } = work;
    const hand = handOver.totals;
    return (
        <>
            <dl className="tiles">
                <Tile name={say.work.begun} value={String(totals.conversations_count)} />
                <Tile name={say.work.resolved} value={String(totals.resolutions_count)} />
                <Tile name={say.times.first} value={time(totals.median_first_response_time)}
                    more={within(totals.p90_first_response_time)} />
                <Tile name={say.times.resolution} value={time(totals.median_resolution_time)}
                    more={within(totals.p90_resolution_time)} />
            </dl>
            <div className="figures-grid">{plots.work.map((plot) => <Figure key={plot.title} plot={plot} />)}</div>
            <section aria-labelledby="hand-over">
                <h2 id="hand-over">{say.handOver.title}</h2>
                <p className="page-lead">{say.handOver.lead}</p>
                <dl className="tiles">
                    <Tile name={say.handOver.share} value={share(hand.email_share)} more={`${hand.went_on_by_email} / ${hand.website_conversations}`} />
                    <Tile name={say.handOver.replyRate} value={share(hand.reply_rate)} more={`${hand.answered_by_email} / ${hand.went_on_by_email}`} />
                    <Tile name={say.handOver.unreachableShare} value={share(hand.unreachable_share)}
                        more={`${hand.unreachable} / ${hand.website_conversations}`} />
                    <Tile name={say.handOver.avoided} value={String(hand.mails_avoided)} more={say.handOver.avoidedHint} />
                    <Tile name={say.handOver.bounceRate} value={share(hand.bounce_rate)} more={`${hand.mails_bounced} / ${hand.mails_sent}`} />
                </dl>
                <div className="figures-grid">{plots.handOver.map((plot) => <Figure key={plot.title} plot={plot} />)}</div>
            </section>
            <LoadTable title={say.load.inbox} rows={inboxes.filter((row) => scope.inbox === null || row.id === scope.inbox)}
                csv={csvOf("summary_reports/inbox", scope)} />
            <LoadTable title={say.load.agent} hint={say.load.agentHint} rows={agents} csv={csvOf("summary_reports/agent", scope)} />
            {teams.length > 0 && <LoadTable title={say.load.team} hint={say.load.teamHint} rows={teams} csv={csvOf("summary_reports/team", scope)} />}
            {labels.length > 0 && <LoadTable title={say.load.label} hint={say.load.labelHint} rows={labels} csv={csvOf("summary_reports/label", scope)} />}
        </>
    );
}

function Tile({ name, value, more }: { name: string; value: string; more?: string }): JSX.Element {
    return <div className="tile"><dt>{name}</dt><dd><b>{value}</b>{more !== undefined && <span>{more}</span>}</dd></div>;
}

const steps = [10, 30, 60, 300, 600, 1200, 1800, 3600, 7200, 4 * 3600, 8 * 3600, 12 * 3600, 86_400, 2 * 86_400, 7 * 86_400, 30 * 86_400];

/** Lines of a scale of times stand at round minutes, hours and days. */
function timeStep(series: Series[]): number | undefined {
    const most = Math.max(0, ...series.flatMap((one) => one.values.map((value) => value ?? 0)));
    return steps.find((step) => most / step <= 6);
}

function allPlots({ work, handOver }: Figures, scope: Scope): { work: Plot[]; handOver: Plot[] } {
    const count = (value: number): string => String(Math.round(value));
    function plot<Row extends Day>(report: Daily<unknown, Row>, title: string, kind: Plot["kind"], csv: string,
        series: [string, (day: Row) => number | null][], write = count): Plot {
        const shown: Series[] = series.map(([name, value]) => ({ name, values: report.days.map(value) }));
        return {
            title, kind, csv, write, step: write === atLength ? timeStep(shown) : undefined, series: shown, labels: report.days.map((day) => dayOf(day.date, "short")),
            days: report.days.map((day) => dayOf(day.date, "long")),
        };
    }
    const [daily, hand] = [csvOf("reports/daily", scope), csvOf("reports/handover", scope)];
    return {
        work: [
            plot(work, say.work.title, "bars", daily,
                [[say.work.begun, (day) => day.conversations_count], [say.work.resolved, (day) => day.resolutions_count]]),
            plot(work, say.work.messages, "bars", daily,
                [[say.work.incoming, (day) => day.incoming_messages_count], [say.work.outgoing, (day) => day.outgoing_messages_count]]),
            plot(work, say.times.first, "lines", daily,
                [[say.times.median, (day) => day.median_first_response_time], [say.times.p90, (day) => day.p90_first_response_time]], atLength),
            plot(work, say.times.resolution, "lines", daily,
                [[say.times.median, (day) => day.median_resolution_time], [say.times.p90, (day) => day.p90_resolution_time]], atLength),
        ],
        handOver: [
            plot(handOver, say.handOver.title, "bars", hand, [
                [say.handOver.website, (day) => day.website_conversations], [say.handOver.byEmail, (day) => day.went_on_by_email],
                [say.handOver.unreachable, (day) => day.unreachable]]),
            plot(handOver, say.handOver.mails, "bars", hand, [
                [say.handOver.sent, (day) => day.mails_sent], [say.handOver.avoided, (day) => day.mails_avoided],
                [say.handOver.bounced, (day) => day.mails_bounced]]),
        ],
    };
}
