import { useEffect, useRef } from "react";
import type { RefObject } from "react";
import { useCell, useRow } from "../model/cells";
import { hits } from "../model/listing";
import { loadOlder, threads } from "../model/threads";

/** Pages of older messages that are loaded to get to a message; one farther back is left to the reader. */
const farthest = 50;

/** Brings the message on screen that the search found in this conversation, once; gives its id. */
export function useFound(id: number, box: RefObject<HTMLElement>, leaveBottom: () => void): number | null {
    const found = useCell(hits)[id]?.message_id ?? null;
    const thread = useRow(threads, id);
    const shown = useRef<number | null>(null);
    const pages = useRef(0);
    const [loaded, older, loading] = [thread?.loaded ?? false, thread?.older ?? false, thread?.loadingOlder ?? false];
    useEffect(() => {
        if (found === null || !loaded || shown.current === found) return;
        const message = box.current?.querySelector(`[data-message="${found}"]`);
        if (message) {
            shown.current = found;
            leaveBottom();
            message.scrollIntoView({ block: "center" });
        } else if (older && !loading && pages.current < farthest) {
            pages.current += 1;
            leaveBottom();
            void loadOlder(id);
        }
    }, [found, loaded, older, loading, thread?.messages]);
    return found;
}
