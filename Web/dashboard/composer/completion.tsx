import { useEffect, useState } from "react";
import type { KeyboardEvent, RefObject } from "react";

/** What can be completed behind a sign: colleagues behind `@`, ready answers behind `/`. */
export interface Completion<Row> {
    sign: string;
    label: string;
    /** Rows for what was typed behind the sign, in lower case; the best first. */
    find: (query: string) => Row[];
    draw: (row: Row) => JSX.Element;
    /** What takes the place of the sign and what was typed behind it. */
    text: (row: Row) => string;
}

export interface Completing {
    list: JSX.Element | null;
    keys: (event: KeyboardEvent) => boolean;
    look: () => void;
    attributes: React.AriaAttributes;
}

const most = 6;
const listID = "completion";

/** What stands between the last sign that begins a word and the caret. */
function asked(text: string, caret: number, sign: string): { from: number; query: string } | null {
    const before = text.slice(Math.max(0, caret - 60), caret);
    const at = before.lastIndexOf(sign);
    // No address and no link: `ann@shop`, `https://…`, `and/or`.
    if (at < 0 || (at > 0 && /[\p{L}\p{N}/:.]/u.test(before.charAt(at - 1)))) return null;
    const query = before.slice(at + 1);
    return query.includes("\n") || query.startsWith(" ") ? null : { from: caret - query.length - 1, query: query.toLowerCase() };
}

/** Completes behind a sign, by keyboard or by pointer; the field keeps the focus. */
export function useCompletion<Row extends { id: number }>(
    field: RefObject<HTMLTextAreaElement>, text: string, on: boolean, write: (text: string) => void, completion: Completion<Row>,
): Completing {
    const [caret, setCaret] = useState<number | null>(null);
    const [at, setAt] = useState(0);
    const place = on && caret !== null ? asked(text, caret, completion.sign) : null;
    const found = place === null ? [] : completion.find(place.query).slice(0, most);
    const chosen = Math.min(at, found.length - 1);
    useEffect(() => setAt(0), [place?.query]);

    const look = (): void => setCaret(field.current?.selectionStart ?? null);
    const close = (): void => setCaret(null);
    const take = (row: Row | undefined): void => {
        if (place === null || caret === null || row === undefined) return;
        const taken = completion.text(row);
        const end = place.from + taken.length;
        write(text.slice(0, place.from) + taken + text.slice(caret));
        close();
        // The field gets its new text first.
        window.setTimeout(() => { field.current?.focus(); field.current?.setSelectionRange(end, end); });
    };
    const keys = (event: KeyboardEvent): boolean => {
        if (found.length === 0 || event.nativeEvent.isComposing) return false;
        switch (event.key) {
        case "ArrowDown": setAt((chosen + 1) % found.length); break;
        case "ArrowUp": setAt((chosen + found.length - 1) % found.length); break;
        case "Enter": case "Tab": take(found[chosen]); break;
        case "Escape": close(); break;
        default: return false;
        }
        event.preventDefault();
        return true;
    };
    const list = found.length === 0 ? null : (
        <ul className="completion" id={listID} role="listbox" aria-label={completion.label}>
            {found.map((row, index) => (
                <li key={row.id} id={`${listID}-${index}`} role="option" aria-selected={index === chosen}
                    onPointerDown={(event) => { event.preventDefault(); take(row); }}>{completion.draw(row)}</li>
            ))}
        </ul>
    );
    return {
        list, keys, look,
        attributes: found.length === 0 ? {}
            : { "aria-autocomplete": "list", "aria-controls": listID, "aria-activedescendant": `${listID}-${chosen}` },
    };
}
