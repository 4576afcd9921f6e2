import { useCallback, useEffect, useState } from "react";
import { del, explain, get, patch, post } from "../model/api";
import { useCell } from "../model/cells";
import { agents, loadTeams, teams } from "../model/directory";
import { account, me } from "../model/session";
import { attempt, say } from "../model/toasts";
import type { Agent, Team } from "../model/types";
import { Icon } from "../parts/Icon";
import { Empty, Field, Spinner, Trouble } from "../parts/Small";
import { words } from "../words";

/** Who works together. Everybody sees it, administrators change it. */
export function Teams(): JSX.Element {
    const rows = useCell(teams);
    const [loading, setLoading] = useState(true);
    const [error, setError] = useState<string | null>(null);
    const [edited, setEdited] = useState<number | "new" | null>(null);
    const admin = me()?.role === "administrator";
    const load = useCallback(() => {
        setError(null);
        loadTeams().catch((failure: unknown) => setError(explain(failure))).finally(() => setLoading(false));
    }, []);
    useEffect(load, [load]);
    const drop = (row: Team): void => void attempt(async () => {
        await del(account(`/teams/${row.id}`));
        await loadTeams();
        say(words.teams.removed);
    });
    return (
        <article className="page-body">
            <header className="page-head">
                <div><h2>{words.teams.title}</h2><p className="page-lead">{words.teams.lead}</p></div>
                {admin && <div className="page-actions"><button type="button" className="button primary" onClick={() => setEdited("new")}>
                    <Icon name="plus" size={16} />{words.teams.add}</button></div>}
            </header>
            {error !== null && <Trouble text={error} retry={load} />}
            {loading && rows.length === 0 && <Spinner label={words.teams.loading} />}
            {edited === "new" && <TeamForm done={() => setEdited(null)} />}
            {!loading && error === null && rows.length === 0 && edited === null &&
                <Empty icon="people" title={words.teams.none}>{admin ? words.teams.noneText : words.teams.noneAgent}</Empty>}
            {rows.length > 0 && <ul className="card flush canned-rows">
                {rows.map((row) => (
                    <li key={row.id}>
                        {edited === row.id ? <TeamForm row={row} done={() => setEdited(null)} /> : <>
                            <span className="canned-words"><b>{row.name}</b>
                                <span>{[row.is_member ? words.teams.yours : "", row.description ?? ""].filter(Boolean).join(" · ")}</span></span>
                            {admin && <>
                                <button type="button" className="icon-button" aria-label={`${words.teams.edit} ${row.name}`}
                                    onClick={() => setEdited(row.id)}><Icon name="pencil" size={16} /></button>
                                <button type="button" className="icon-button" aria-label={`${words.teams.remove} ${row.name}`}
                                    onClick={() => drop(row)}><Icon name="close" size={16} /></button>
                            </>}
                        </>}
                    </li>
                ))}
            </ul>}
        </article>
    );
}

function TeamForm({ row, done }: { row?: Team; done: () => void }): JSX.Element {
    const everybody = useCell(agents);
    const [name, setName] = useState(row?.name ?? "");
    const [description, setDescription] = useState(row?.description ?? "");
    /** Unknown until the server has said it: saved only then, so that nobody is thrown out by a page that did not know. */
    const [members, setMembers] = useState<Set<number> | null>(row === undefined ? new Set() : null);
    const [error, setError] = useState<string | null>(null);
    const [working, setWorking] = useState(false);
    const id = row?.id;
    useEffect(() => {
        if (id === undefined) return;
        get<Agent[]>(account(`/teams/${id}/team_members`)).then((list) => setMembers(new Set(list.map((one) => one.id))))
            .catch((failure: unknown) => setError(explain(failure)));
    }, [id]);
    const save = (): void => {
        if (members === null) return;
        setWorking(true);
        setError(null);
        const body = { name, description };
        (id === undefined ? post<Team>(account("/teams"), body) : patch<Team>(account(`/teams/${id}`), body))
            .then((team) => patch(account(`/teams/${team.id}/team_members`), { user_ids: [...members] }))
            .then(loadTeams).then(() => { say(words.teams.saved); done(); })
            .catch((failure: unknown) => { setError(explain(failure)); setWorking(false); });
    };
    const toggle = (agent: number): void => setMembers((now) => {
        const next = new Set(now);
        if (!next.delete(agent)) next.add(agent);
        return next;
    });
    return (
        <form className="card form canned-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
            <Field label={words.teams.name}>
                <input value={name} autoFocus maxLength={60} onChange={(event) => setName(event.target.value)} /></Field>
            <Field label={words.teams.description}>
                <input value={description} maxLength={200} onChange={(event) => setDescription(event.target.value)} /></Field>
            <fieldset className="team-members">
                <legend className="field-label">{words.teams.members}</legend>
                {members === null ? <Spinner label={words.teams.loading} /> : everybody.map((agent) => (
                    <label key={agent.id}><input type="checkbox" checked={members.has(agent.id)} onChange={() => toggle(agent.id)} />
                        <span>{agent.available_name || agent.name}</span><small>{agent.email}</small></label>
                ))}
            </fieldset>
            {error !== null && <p className="field-error" role="alert">{error}</p>}
            <div className="save-bar">
                <button type="submit" className="button primary" disabled={working || members === null || name.trim() === ""}>
                    {words.teams.save}</button>
                <button type="button" className="button" onClick={done}>{words.teams.cancel}</button></div>
        </form>
    );
}
