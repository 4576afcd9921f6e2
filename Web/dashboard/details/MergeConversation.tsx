import { useEffect, useState } from "react";
import { explain } from "../model/api";
import { mergeConversations } from "../model/conversations";
import { conversationsOf } from "../model/contacts";
import { openConversation } from "../model/route";
import { say } from "../model/toasts";
import type { Conversation } from "../model/types";
import { Dialog } from "../parts/Dialog";
import { Spinner, Trouble } from "../parts/Small";
import { words } from "../words";

/** Puts this conversation into another one of the same customer, or one that it is linked with. */
export function MergeConversation({ conversation, close }: { conversation: Conversation; close: () => void }): JSX.Element {
    const [others, setOthers] = useState<{ id: number; text: string }[] | null>(null);
    const [picked, setPicked] = useState<number | null>(null);
    const [error, setError] = useState<string | null>(null);
    const [working, setWorking] = useState(false);
    const { id, linked_conversations: linked, meta: { sender } } = conversation;
    useEffect(() => {
        conversationsOf(sender.id).then((rows) => {
            const known = rows.filter((row) => row.id !== id).map((row) => ({ id: row.id, text: row.subject ?? "" }));
            const more = (linked ?? []).filter((one) => !known.some((row) => row.id === one.id)).map((one) => ({ id: one.id, text: one.subject ?? "" }));
            setOthers([...known, ...more]);
        }).catch((failure: unknown) => setError(explain(failure)));
    }, [id, sender.id, linked]);
    const merge = (): void => {
        if (picked === null) return;
        setWorking(true);
        setError(null);
        mergeConversations(picked, id).then((base) => {
            close();
            say(words.merge.done);
            openConversation(base);
        }).catch((failure: unknown) => { setError(explain(failure)); setWorking(false); });
    };
    return (
        <Dialog label={words.merge.conversationTitle} className="merge-dialog" close={close}>
            <h2>{words.merge.conversationTitle}</h2>
            <p>{words.merge.conversationText}</p>
            {others === null ? error === null && <Spinner label={words.details.earlier} />
                : others.length === 0 ? <p className="absent">{words.merge.none}</p>
                : <fieldset className="merge-choices"><legend className="unseen">{words.merge.conversationTitle}</legend>
                    {others.map((one) => <label key={one.id}><input type="radio" name="merge" checked={picked === one.id}
                        onChange={() => setPicked(one.id)} /><span>#{one.id} {one.text}</span></label>)}</fieldset>}
            {error !== null && <Trouble text={error} />}
            <div className="form-buttons">
                <button type="button" className="button primary" disabled={picked === null || working} onClick={merge}>{words.merge.merge}</button>
                <button type="button" className="button" data-autofocus onClick={close}>{words.merge.cancel}</button>
            </div>
        </Dialog>
    );
}
