import { useEffect, useRef, useState } from "react";
import type { FormEvent } from "react";
import { wish } from "../keys/registry";
import { suggestion } from "../model/suggestion";
import { explain } from "../model/api";
import { load, resumeMail } from "../model/conversations";
import { act, undoSent } from "../model/sending";
import type { DeliveryAction } from "../model/sending";
import { attempt } from "../model/toasts";
import { nowSeconds, useSeconds } from "../model/time";
import type { Conversation, Message } from "../model/types";
import { Icon } from "../parts/Icon";
import { Field, Spinner } from "../parts/Small";
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
    const [changing, setChanging] = useState(false);
    if (delivery === null) return null;
    const line = describe(delivery, message, conversation, now);

    const does = (work: () => Promise<unknown>): void => {
        setWorking(true);
        void attempt(work).finally(() => setWorking(false));
    };
    const run = (action: Action): void => {
        switch (action.does) {
        case "change_address": setChanging(true); return;
        case "ask_address":
            suggestion.set({ conversation: message.conversation_id, text: words.delivery.askText, note: false });
            wish("reply");
            return;
        case "resume": does(() => resumeMail(message.conversation_id)); return;
        case "undo": does(() => undoSent(message).then(() => wish("reply"))); return;
        default: does(() => act(message, "delivery", action.does as DeliveryAction));
        }
    };
    return (
        <>
            <div className="delivery" data-tone={line.tone} data-state={delivery.state}>
                {line.icon === "ring" ? <Ring from={message.created_at} until={delivery.until ?? now} now={now} />
                    : <Icon name={line.icon} size={14} />}
                <span className="delivery-text">{line.text}</span>
                {line.actions.map((action) => (
                    <button key={action.label} type="button" className="delivery-action" disabled={working} onClick={() => run(action)}
                        aria-expanded={action.does === "change_address" ? changing : undefined}>{action.label}</button>
                ))}
                {working && <Spinner label={words.delivery.working} />}
            </div>
            {changing && <AddressForm message={message} now={conversation.meta.sender.email ?? ""} done={() => setChanging(false)} />}
        </>
    );
}

/** Where the customer's mail goes from now on, and this message with it. */
function AddressForm({ message, now, done }: { message: Message; now: string; done: () => void }): JSX.Element {
    const [address, setAddress] = useState(now);
    const [working, setWorking] = useState(false);
    const [error, setError] = useState<string | null>(null);
    const field = useRef<HTMLInputElement>(null);
    useEffect(() => field.current?.select(), []);
    const submit = (event: FormEvent): void => {
        event.preventDefault();
        setWorking(true);
        setError(null);
        act(message, "delivery", "change_address", { address: address.trim() }).then(() => {
            void load(message.conversation_id).catch(() => undefined);
            done();
        }).catch((failure: unknown) => { setError(explain(failure)); setWorking(false); });
    };
    return (
        <form className="address-form" onSubmit={submit} noValidate
            onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); done(); } }}>
            <Field label={words.delivery.newAddress} error={error}>
                <input ref={field} type="email" value={address} autoComplete="off" onChange={(event) => setAddress(event.target.value)} /></Field>
            <div className="form-buttons">
                <button type="submit" className="button small primary" disabled={working || address.trim() === ""}>
                    {working ? words.delivery.working : words.delivery.sendThere}</button>
                <button type="button" className="button small" onClick={done}>{words.details.cancel}</button>
            </div>
        </form>
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
