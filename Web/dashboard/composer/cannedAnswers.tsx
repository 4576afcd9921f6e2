import { useCell } from "../model/cells";
import { canned, filled, findCanned } from "../model/canned";
import type { Canned } from "../model/canned";
import type { Conversation } from "../model/types";
import { words } from "../words";
import type { Completion } from "./completion";

/** Ready answers behind a `/`, with their variables filled in. */
export function useCannedAnswers(conversation: Conversation): Completion<Canned> {
    useCell(canned);
    return {
        sign: "/",
        label: words.canned.title,
        find: findCanned,
        text: (row) => filled(row.content, conversation),
        draw: (row) => <><b>/{row.short_code}</b><small>{filled(row.content, conversation)}</small></>,
    };
}
