import { useEffect, useState } from "react";
import { explain } from "../model/api";
import { findContacts, mergeContacts } from "../model/contacts";
import { called } from "../model/names";
import { say } from "../model/toasts";
import type { Contact } from "../model/types";
import { Dialog } from "../parts/Dialog";
import { Field, Trouble } from "../parts/Small";
import { words } from "../words";

/** Another contact is the same person: it becomes this one. */
export function MergeContact({ contact, close, merged }: { contact: Contact; close: () => void; merged: () => void }): JSX.Element {
    const [text, setText] = useState("");
    const [found, setFound] = useState<Contact[]>([]);
    const [picked, setPicked] = useState<number | null>(null);
    const [error, setError] = useState<string | null>(null);
    const [working, setWorking] = useState(false);
    useEffect(() => {
        let gone = false;
        const timer = window.setTimeout(() => {
            findContacts(text.trim(), 1).then(({ rows }) => { if (!gone) setFound(rows.filter((row) => row.id !== contact.id)); })
                .catch((failure: unknown) => { if (!gone) setError(explain(failure)); });
        }, 200);
        return () => { gone = true; window.clearTimeout(timer); };
    }, [text, contact.id]);
    const merge = (): void => {
        if (picked === null) return;
        setWorking(true);
        setError(null);
        mergeContacts(contact.id, picked).then(() => { say(words.merge.done); merged(); close(); })
            .catch((failure: unknown) => { setError(explain(failure)); setWorking(false); });
    };
    return (
        <Dialog label={words.merge.contactTitle} className="merge-dialog" close={close}>
            <h2>{words.merge.contactTitle}</h2>
            <p>{words.merge.contactText(called(contact))}</p>
            <Field label={words.merge.pick}>
                <input type="search" data-autofocus value={text} autoComplete="off"
                    onChange={(event) => { setText(event.target.value); setPicked(null); }} /></Field>
            <fieldset className="merge-choices"><legend className="unseen">{words.merge.contactTitle}</legend>
                {found.slice(0, 8).map((one) => <label key={one.id}><input type="radio" name="merge" checked={picked === one.id}
                    onChange={() => setPicked(one.id)} /><span>{called({ name: one.name })} <small>{one.email}</small></span></label>)}
            </fieldset>
            {error !== null && <Trouble text={error} />}
            <div className="form-buttons">
                <button type="button" className="button primary" disabled={picked === null || working} onClick={merge}>{words.merge.merge}</button>
                <button type="button" className="button" onClick={close}>{words.merge.cancel}</button>
            </div>
        </Dialog>
    );
}
