import { del } from "../../model/api";
import { loadAgents } from "../../model/directory";
import { account } from "../../model/session";
import { attempt, say } from "../../model/toasts";
import type { Agent } from "../../model/types";
import { Dialog } from "../../parts/Dialog";
import { words } from "../../words";

/** Asks before somebody is removed: it cannot be taken back. */
export function RemoveAgent({ agent, close }: { agent: Agent; close: () => void }): JSX.Element {
    const remove = (): void => void attempt(async () => {
        await del(account(`/agents/${agent.id}`));
        close();
        say(words.agents.removed(agent.name));
        await loadAgents();
    });
    return (
        <Dialog label={words.agents.removeTitle(agent.name)} className="small-dialog" close={close}>
            <form onSubmit={(event) => { event.preventDefault(); remove(); }}>
                <h2>{words.agents.removeTitle(agent.name)}</h2>
                <p className="page-lead">{words.agents.removeText}</p>
                <div className="form-buttons">
                    <button type="submit" className="button primary">{words.agents.removeNow}</button>
                    <button type="button" className="button" data-autofocus onClick={close}>{words.agents.cancel}</button></div>
            </form>
        </Dialog>
    );
}
