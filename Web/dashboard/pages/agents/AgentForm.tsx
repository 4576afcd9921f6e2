import { useState } from "react";
import { explain, patch, post } from "../../model/api";
import { loadAgents } from "../../model/directory";
import { account, me } from "../../model/session";
import { say } from "../../model/toasts";
import type { Agent } from "../../model/types";
import { Field } from "../../parts/Small";
import { words } from "../../words";

/** Somebody new, or another name or role of who is there. The address is what they sign in with and stays. */
export function AgentForm({ row, done }: { row?: Agent; done: () => void }): JSX.Element {
    const [name, setName] = useState(row?.name ?? "");
    const [email, setEmail] = useState("");
    const [password, setPassword] = useState("");
    const [role, setRole] = useState(row?.role ?? "agent");
    const [error, setError] = useState<string | null>(null);
    const [working, setWorking] = useState(false);
    const save = (): void => {
        setWorking(true);
        setError(null);
        (row === undefined ? post(account("/agents"), { name, email, password, role }) : patch(account(`/agents/${row.id}`), { name, role }))
            .then(loadAgents).then(() => { say(words.agents.saved); done(); })
            .catch((failure: unknown) => { setError(explain(failure)); setWorking(false); });
    };
    const ready = name.trim() !== "" && (row !== undefined || (email.trim() !== "" && password !== ""));
    return (
        <form className="card form canned-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
            <Field label={words.agents.name} hint={words.agents.nameHint}>
                <input value={name} autoFocus maxLength={255} autoComplete="off" onChange={(event) => setName(event.target.value)} /></Field>
            {row === undefined && <>
                <Field label={words.agents.email} hint={words.agents.emailHint}>
                    <input type="email" value={email} maxLength={254} autoComplete="off" onChange={(event) => setEmail(event.target.value)} /></Field>
                <Field label={words.agents.password} hint={words.agents.passwordHint}>
                    <input value={password} maxLength={128} autoComplete="new-password" spellCheck={false}
                        onChange={(event) => setPassword(event.target.value)} /></Field>
            </>}
            {row?.id !== me()?.id && <Field label={words.agents.role}>
                <select value={role} onChange={(event) => setRole(event.target.value)}>
                    {Object.entries(words.agents.roles).map(([value, title]) => <option key={value} value={value}>{title}</option>)}
                </select></Field>}
            {error !== null && <p className="field-error" role="alert">{error}</p>}
            <div className="save-bar">
                <button type="submit" className="button primary" disabled={working || !ready}>{words.agents.save}</button>
                <button type="button" className="button" onClick={done}>{words.agents.cancel}</button></div>
        </form>
    );
}
