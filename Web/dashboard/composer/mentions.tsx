import { useEffect, useState } from "react";
import type { KeyboardEvent, RefObject } from "react";
import { useCell } from "../model/cells";
import { agents } from "../model/directory";
import { me } from "../model/session";
import { Avatar } from "../parts/Avatar";
import { words } from "../words";

const most = 6;
const listID = "mentions";

/** What stands between the last `@` that begins a word and the caret. */
function asked(text: string, caret: number): { from: number; query: string } | null {
    const before = text.slice(Math.max(0, caret - 60), caret);
    const at = before.lastIndexOf("@");
    if (at < 0 || (at > 0 && /[\p{L}\p{N}]/u.test(before.charAt(at - 1)))) return null;
    const query = before.slice(at + 1);
    return query.includes("\n") || query.startsWith(" ") ? null : { from: caret - query.length - 1, query: query.toLowerCase() };
}

/** Completes colleagues' names behind an `@`, by keyboard or by pointer. */
export function useMentions(field: RefObject<HTMLTextAreaElement>, text: string, on: boolean, write: (text: string) => void): {
    list: JSX.Element | null; keys: (event: KeyboardEvent) => boolean; look: () => void; attributes: React.AriaAttributes;
} {
    const team = useCell(agents);
    const [caret, setCaret] = useState<number | null>(null);
    const [at, setAt] = useState(0);
    const place = on && caret !== null ? asked(text, caret) : null;
    const found = place === null ? [] : team.filter((agent) => agent.id !== me()?.id
        && (agent.name ?? "").toLowerCase().split(" ").some((_, part, all) => all.slice(part).join(" ").startsWith(place.query)))
        .slice(0, most);
    const chosen = Math.min(at, found.length - 1);
    useEffect(() => setAt(0), [place?.query]);

    const look = (): void => setCaret(field.current?.selectionStart ?? null);
    const close = (): void => setCaret(null);
    const take = (name: string): void => {
        if (place === null || caret === null) return;
        const end = place.from + name.length + 2;
        write(`${text.slice(0, place.from)}@${name} ${text.slice(caret)}`);
        close();
        // The field gets its new text first.
        window.setTimeout(() => { field.current?.focus(); field.current?.setSelectionRange(end, end); });
    };
    const keys = (event: KeyboardEvent): boolean => {
        if (found.length === 0 || event.nativeEvent.isComposing) return false;
        switch (event.key) {
        case "ArrowDown": setAt((chosen + 1) % found.length); break;
        case "ArrowUp": setAt((chosen + found.length - 1) % found.length); break;
        case "Enter": case "Tab": take(found[chosen]?.name ?? ""); break;
        case "Escape": close(); break;
        default: return false;
        }
        event.preventDefault();
        return true;
    };
    const list = found.length === 0 ? null : (
        <ul className="mentions" id={listID} role="listbox" aria-label={words.composer.mentions}>
            {found.map((agent, index) => (
                <li key={agent.id} id={`${listID}-${index}`} role="option" aria-selected={index === chosen}
                    // The field keeps the focus.
                    onPointerDown={(event) => { event.preventDefault(); take(agent.name ?? ""); }}>
                    <Avatar name={agent.name ?? ""} picture={agent.thumbnail} size={24} /><span>{agent.name}</span>
                    <small>{agent.email}</small></li>
            ))}
        </ul>
    );
    return {
        list, keys, look,
        attributes: found.length === 0 ? {}
            : { "aria-autocomplete": "list", "aria-controls": listID, "aria-activedescendant": `${listID}-${chosen}` },
    };
}
