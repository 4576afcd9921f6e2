import type { WorkRow } from "../../model/reports";
import { atLength } from "../../model/time";
import { words } from "../../words";

const say = words.reports;

/** Who has how much: a line for each inbox, agent, team or label, with a bar as long as its share of the largest. */
export function LoadTable({ title, hint, rows, csv }: { title: string; hint?: string; rows: WorkRow[]; csv: string }): JSX.Element {
    const most = Math.max(1, ...rows.map((row) => row.conversations_count));
    const counted = rows.some((row) => row.outgoing_messages_count !== undefined);
    const time = (seconds: number | null): string => (seconds === null ? say.none : atLength(seconds));
    return (
        <section className="card figure">
            <header><h2>{title}</h2><a className="text-link" href={csv} download aria-label={say.csv(title)}>{say.csvShort}</a></header>
            {hint !== undefined && <p className="field-hint">{hint}</p>}
            <div className="table-scroll" tabIndex={0} role="region" aria-label={title}><table className="figures load">
                <thead><tr>{[say.load.name, say.load.conversations, say.load.resolved, ...(counted ? [say.load.sent] : []), say.load.first, say.load.resolution]
                    .map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
                <tbody>{rows.map((row) => (
                    <tr key={row.id}>
                        <th scope="row">{row.name}
                            <span className="load-bar" style={{ width: `${(row.conversations_count / most) * 100}%` }} aria-hidden="true" /></th>
                        <td>{row.conversations_count}</td><td>{row.resolved_conversations_count}</td>{counted && <td>{row.outgoing_messages_count}</td>}
                        <td>{time(row.median_first_response_time)}</td><td>{time(row.median_resolution_time)}</td>
                    </tr>
                ))}</tbody>
            </table></div>
        </section>
    );
}
