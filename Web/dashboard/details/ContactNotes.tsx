import { useEffect, useState } from "react";
import { explain } from "../model/api";
import { addNote, dropNote, notesAbout } from "../model/contacts";
import type { ContactNote } from "../model/contacts";
import { ago, atFull, useSlowClock } from "../model/time";
import { attempt } from "../model/toasts";
import { Icon } from "../parts/Icon";
import { Trouble } from "../parts/Small";
import { words } from "../words";

/** What the team has written down about a contact; it stands beside every conversation with them. */
export function ContactNotes({ contact }: { contact: number }): JSX.Element {
    const [notes, setNotes] = useState<ContactNote[]>([]);
    const [error, setError] = useState<string | null>(null);
    const [text, setText] = useState("");
    const [turn, setTurn] = useState(0);
    const now = useSlowClock();
    useEffect(() => {
        let gone = false;
        setError(null);
        notesAbout(contact).then((found) => { if (!gone) setNotes(found); })
            .catch((failure: unknown) => { if (!gone) setError(explain(failure)); });
        return () => { gone = true; };
    }, [contact, turn]);
    const add = (): void => {
        const content = text.trim();
        if (content === "") return;
        void attempt(async () => {
            const made = await addNote(contact, content);
            setNotes((known) => [made, ...known]);
            setText("");
        });
    };
    const drop = (note: ContactNote): void => void attempt(async () => {
        await dropNote(contact, note.id);
        setNotes((known) => known.filter((one) => one.id !== note.id));
    });
    return (
        <section>
            <h3>{words.details.notes}</h3>
            {error !== null && <Trouble text={error} retry={() => setTurn(turn + 1)} />}
            <form className="note-form" onSubmit={(event) => { event.preventDefault(); add(); }}>
                <textarea rows={2} value={text} maxLength={10_000} placeholder={words.details.notePlaceholder} aria-label={words.details.notePlaceholder}
                    onChange={(event) => setText(event.target.value)}
                    onKeyDown={(event) => {
                        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); add(); }
                    }} />
                {text.trim() !== "" && <button type="submit" className="button primary small">{words.details.addNote}</button>}
            </form>
            {notes.length > 0 && <ul className="contact-notes">
                {notes.map((note) => (
                    <li key={note.id}>
                        <p>{note.content}</p>
                        <small title={atFull(note.created_at)}>{note.user === null ? "" : `${note.user.name} · `}{ago(note.created_at, now)}</small>
                        <button type="button" className="icon-button" aria-label={words.details.removeNote} title={words.details.removeNote}
                            onClick={() => drop(note)}><Icon name="close" size={12} /></button>
                    </li>
                ))}
            </ul>}
        </section>
    );
}
