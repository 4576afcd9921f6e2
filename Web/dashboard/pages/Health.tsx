import { useCallback, useEffect, useRef, useState } from "react";
import { explain } from "../model/api";
import { useCell } from "../model/cells";
import { checkNews } from "../model/email";
import { loadHealth } from "../model/health";
import type { Health as Facts, HealthItem } from "../model/health";
import { mailCounts } from "../model/mailDesk";
import { mailHealth } from "../model/mailHealth";
import { linkTo } from "../model/route";
import { me } from "../model/session";
import { ago, atMoment, relative, useSlowClock } from "../model/time";
import { Icon } from "../parts/Icon";
import type { IconName } from "../parts/Icon";
import { MailStopped } from "../parts/MailStopped";
import { Empty, Spinner, Trouble } from "../parts/Small";
import { words } from "../words";

const say = words.health;
const icons: Record<HealthItem["state"], IconName> = { good: "checkCircle", attention: "warning", bad: "warning", off: "clock" };

/** How the installation stands: what is to be looked at first, then all that is well. Looks again by itself while it is open. */
export function Health(): JSX.Element {
    const [facts, setFacts] = useState<Facts | null>(null);
    const [error, setError] = useState<string | null>(null);
    const allowed = me()?.role === "administrator";
    // Each of these changes with something that the page shows.
    const news = [useCell(mailHealth), useCell(mailCounts), useCell(checkNews), useSlowClock()];
    const asked = useRef(0);
    const shown = useRef(0);
    const load = useCallback(() => {
        if (!allowed) return;
        asked.current += 1;
        const turn = asked.current;
        // An older answer that comes later does not count.
        const show = (now: Facts | null, trouble: string | null): void => {
            if (turn < shown.current) return;
            shown.current = turn;
            if (now !== null) setFacts(now);
            setError(trouble);
        };
        loadHealth().then((now) => show(now, null)).catch((failure: unknown) => show(null, explain(failure)));
    }, [allowed]);
    useEffect(load, [load, ...news]);

    if (!allowed) return <article className="page-body"><Empty icon="shield" title={say.onlyAdministrators}>{say.onlyAdministratorsText}
        </Empty></article>;
    return (
        <article className="page-body health">
            <header className="page-head">
                <div><h2>{say.title}</h2><p className="page-lead">{say.lead}</p></div>
                <div className="page-actions"><button type="button" className="button" onClick={load}>
                    <Icon name="refresh" size={16} />{say.again}</button></div>
            </header>
            {error !== null && <Trouble text={error} retry={load} />}
            {facts === null && error === null && <Spinner label={say.loading} />}
            {facts !== null && <Shown facts={facts} />}
        </article>
    );
}

function Shown({ facts }: { facts: Facts }): JSX.Element {
    const troubles = facts.items.filter((item) => item.state === "bad" || item.state === "attention")
        .sort((a, b) => Number(b.state === "bad") - Number(a.state === "bad"));
    const rest = facts.items.filter((item) => item.state === "good" || item.state === "off");
    return (
        <>
            <p className="health-overall" data-state={facts.state} role="status">
                <Icon name={icons[facts.state]} size={22} /><b>{say.overall[facts.state]}</b></p>
            <MailStopped />
            {troubles.length > 0 && <section aria-labelledby="health-troubles">
                <h3 id="health-troubles">{say.toMend}</h3>
                <ul className="card flush health-items">{troubles.map((item) => <Item key={key(item)} item={item} />)}</ul>
            </section>}
            <section aria-labelledby="health-well">
                <h3 id="health-well">{say.well}</h3>
                <ul className="card flush health-items">{rest.map((item) => <Item key={key(item)} item={item} />)}</ul>
            </section>
            <Queues facts={facts} />
            <General facts={facts} />
        </>
    );
}

const key = (item: HealthItem): string => `${item.code} ${item.inbox_id ?? ""}`;

function Item({ item }: { item: HealthItem }): JSX.Element {
    return (
        <li className="health-item" data-state={item.state}>
            <Icon name={icons[item.state]} size={18} />
            <div>
                <p className="health-name"><b>{say.names[item.code] ?? item.code}</b>
                    <span className="pill" data-tone={item.state === "bad" ? "bad" : item.state === "attention" ? "held"
                        : item.state === "good" ? "good" : undefined}>{say.states[item.state]}</span></p>
                <p>{item.words}</p>
                {item.advice !== null && <p className="health-advice">{item.advice}</p>}
                {item.advice !== null && item.link !== null && <p><a className="text-link" {...linkTo(item.link)}>{place(item.link)}</a></p>}
            </div>
        </li>
    );
}

function place(link: string): string {
    return link.includes("/inboxes/") ? say.places.inbox : link.includes("/conversations/") ? say.places.conversation : say.places.mail;
}

function Queues({ facts }: { facts: Facts }): JSX.Element {
    return (
        <section aria-labelledby="health-queues">
            <h3 id="health-queues">{say.queues.title}</h3>
            <div className="card flush"><table className="figures">
                <thead><tr><th scope="col">{say.queues.name}</th><th scope="col">{say.queues.jobs}</th><th scope="col">{say.queues.late}</th>
                    </tr></thead>
                <tbody>{facts.queues.map((queue) => (
                    <tr key={queue.name}><th scope="row">{say.queues.names[queue.name] ?? queue.name}</th><td>{queue.jobs}</td>
                        <td>{queue.oldest_due_at === null ? say.queues.onTime : relative(queue.oldest_due_at, facts.checked_at)}</td></tr>
                ))}</tbody>
            </table></div>
        </section>
    );
}

function General({ facts }: { facts: Facts }): JSX.Element {
    const when = (at: number | null): string => (at === null ? say.never : `${atMoment(at)} (${ago(at, facts.checked_at)})`);
    return (
        <section aria-labelledby="health-facts">
            <h3 id="health-facts">{say.facts}</h3>
            <dl className="card health-facts">
                <div><dt>{say.lastIn}</dt><dd>{when(facts.last_mail_in_at)}</dd></div>
                <div><dt>{say.lastOut}</dt><dd>{when(facts.last_mail_out_at)}</dd></div>
                <div><dt>{say.version}</dt><dd>{facts.version}</dd></div>
                <div><dt>{say.checked}</dt><dd>{atMoment(facts.checked_at)}</dd></div>
            </dl>
        </section>
    );
}
