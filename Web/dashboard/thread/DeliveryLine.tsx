import { useState } from "react";
import { suggestion, wish } from "../keys/registry";
import { act } from "../model/sending";
import { attempt } from "../model/toasts";
import { nowSeconds, useSeconds } from "../model/time";
import type { Conversation, Message } from "../model/types";
import { Icon } from "../parts/Icon";
import { Spinner } from "../parts/Small";
import { words } from "../words";
import { describe } from "./delivery";
import type { Action } from "./delivery";

/** The short line under an agent's message that says where it is. */
export function DeliveryLine({ message, conversation }: { message: Message; conversation: Conversation }): JSX.Element | null {
    const delivery = message.delivery ?? null;
    const counts = delivery !== null && (delivery.state === "waiting" || delivery.state === "deferred")
        && delivery.until !== null && delivery.until > nowSeconds();
    const now = useSeconds(counts);
    const [working, setWorking] = useState(false);
    if (delivery === null) return null;
    const line = describe(delivery, message, conversation, now);

    const run = (action: Action): void => {
        if (action.does === "change_address") { wish("editContact"); return; }
        if (action.does === "ask_address") {
            suggestion.set({ conversation: message.conversation_id, text: words.delivery.askText, note: false });
            wish("reply");
            return;
        }
        const does = action.does;
        setWorking(true);
        void attempt(() => act(message, "delivery", does)).finally(() => setWorking(false));
    };
    return (
        <div className="delivery" data-tone={line.tone} data-state={delivery.state}>
            {line.icon === "ring" ? <Ring from={message.created_at} until={delivery.until ?? now} now={now} />
                : <Icon name={line.icon} size={14} />}
            <span className="delivery-text">{line.text}</span>
            {line.actions.map((action) => (
                <button key={action.label} type="button" className="delivery-action" disabled={working} onClick={() => run(action)}>
                    {action.label}</button>
            ))}
            {working && <Spinner label={words.delivery.working} />}
        </div>
    );
}

/** A ring that empties as the time passes. */
function Ring({ from, until, now }: { from: number; until: number; now: number }): JSX.Element {
    const round = 2 * Math.PI * 5;
    const part = Math.max(0, Math.min(1, (until - now) / Math.max(1, until - from)));
    return (
        <svg className="ring" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <circle className="ring-ground" cx="7" cy="7" r="5" />
            <circle className="ring-left" cx="7" cy="7" r="5" strokeDasharray={`${part * round} ${round}`} />
        </svg>
    );
}
