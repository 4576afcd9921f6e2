import { useEffect, useState } from "react";
import { explain } from "../model/api";
import { useCell } from "../model/cells";
import { agents, loadAgents } from "../model/directory";
import { me } from "../model/session";
import type { Agent } from "../model/types";
import { Avatar } from "../parts/Avatar";
import { Icon } from "../parts/Icon";
import { Trouble } from "../parts/Small";
import { words } from "../words";
import { AgentForm } from "./agents/AgentForm";
import { RemoveAgent } from "./agents/RemoveAgent";

/** Who answers. Everybody sees it, administrators change it. */
export function Agents(): JSX.Element {
    const rows = useCell(agents);
    const [error, setError] = useState<string | null>(null);
    const [edited, setEdited] = useState<number | "new" | null>(null);
    const [leaving, setLeaving] = useState<Agent | null>(null);
    const admin = me()?.role === "administrator";
    const load = (): void => {
        setError(null);
        loadAgents().catch((failure: unknown) => setError(explain(failure)));
    };
    useEffect(load, []);
    const done = (): void => setEdited(null);
    return (
        <article className="page-body">
            <header className="page-head">
                <div><h2>{words.agents.title}</h2><p className="page-lead">{words.agents.lead}</p></div>
                {admin && <div className="page-actions"><button type="button" className="button primary" onClick={() => setEdited("new")}>
                    <Icon name="plus" size={16} />{words.agents.add}</button></div>}
            </header>
            {error !== null && <Trouble text={error} retry={load} />}
            {edited === "new" && <AgentForm done={done} />}
            <ul className="card flush canned-rows" aria-label={words.agents.title}>
                {rows.map((row) => (
                    <li key={row.id}>
                        {edited === row.id ? <AgentForm row={row} done={done} /> : <>
                            <Avatar name={row.name} picture={row.thumbnail} size={32} />
                            <span className="canned-words"><b>{row.name}</b><span>{about(row)}</span></span>
                            {admin && <button type="button" className="icon-button" aria-label={`${words.agents.edit} ${row.name}`}
                                onClick={() => setEdited(row.id)}><Icon name="pencil" size={16} /></button>}
                            {admin && row.id !== me()?.id &&
                                <button type="button" className="icon-button" aria-label={`${words.agents.remove} ${row.name}`}
                                    onClick={() => setLeaving(row)}><Icon name="close" size={16} /></button>}
                        </>}
                    </li>
                ))}
            </ul>
            {leaving !== null && <RemoveAgent agent={leaving} close={() => setLeaving(null)} />}
        </article>
    );
}

function about(row: Agent): string {
    const role = words.agents.roles[row.role ?? "agent"] ?? row.role ?? "";
    return [row.id === me()?.id ? words.agents.you : "", role, row.email].filter(Boolean).join(" · ");
}
