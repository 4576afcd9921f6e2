import { useState } from "react";
import { act } from "../model/sending";
import type { HeldAction } from "../model/sending";
import { load } from "../model/conversations";
import { called } from "../model/names";
import { attempt, say } from "../model/toasts";
import type { Message } from "../model/types";
import { Icon } from "../parts/Icon";
import { Spinner } from "../parts/Small";
import { words } from "../words";
import { whyHere } from "./why";

const choices: { action: HeldAction; label: string; hint: string }[] = [
    { action: "agent", label: words.held.agent, hint: words.held.agentHint },
    { action: "same_person", label: words.held.same, hint: words.held.sameHint },
    { action: "participant", label: words.held.participant, hint: words.held.participantHint },
    { action: "separate", label: words.held.separate, hint: words.held.separateHint },
    { action: "discard", label: words.held.discard, hint: words.held.discardHint },
];

/** A stranger's mail: its evidence, and the four things that an agent can decide. */
export function HeldReply({ message }: { message: Message }): JSX.Element {
    const [working, setWorking] = useState<HeldAction | null>(null);
    const who = called({ name: message.mail?.from?.address ?? message.sender?.name });
    const why = message.mail ? whyHere(message.mail) : null;

    const decide = (action: HeldAction): void => {
        setWorking(action);
        void attempt(async () => {
            await act(message, "held", action);
            say(words.held.done[action] ?? "");
            await load(message.conversation_id);
        }).finally(() => setWorking(null));
    };
    // Only of a mail that names a colleague's address.
    const fitting = choices.filter(({ action }) => action !== "agent" || message.mail?.standing === "agent");
    return (
        <div className="held">
            <p className="held-title"><Icon name="shield" size={16} />{words.held.title(who)}</p>
            <p className="held-text">{why !== null && <>{why.replace(/\.$/, "")}. </>}{words.held.text}</p>
            <div className="held-choices">
                {fitting.map(({ action, label, hint }) => (
                    <button key={action} type="button" className="held-choice" disabled={working !== null} aria-busy={working === action}
                        data-danger={action === "discard" || undefined} onClick={() => decide(action)}>
                        <b>{label}{working === action && <Spinner label={words.delivery.working} />}</b><span>{hint}</span>
                    </button>
                ))}
            </div>
        </div>
    );
}
