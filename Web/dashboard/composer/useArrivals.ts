import { useEffect, useState } from "react";
import { useRow } from "../model/cells";
import { me } from "../model/session";
import { threads } from "../model/threads";
import type { Message } from "../model/types";
import { MessageType } from "../model/types";

/** What a reply should know of: the customer's words and a colleague's answer, but no notes, greetings and machines' mails. */
function matters(message: Message): boolean {
    if (message.local !== undefined || message.private || message.mail?.outcome === "recorded") return false;
    if (message.message_type === MessageType.incoming) return true;
    return message.message_type === MessageType.outgoing && message.sender?.id !== me()?.id;
}

/** The send that pauses: what came in since the writing began and has not been shown at a press of *Send* yet. */
export function useArrivals(id: number, writing: boolean): { shown: Message[]; held: () => boolean; reset: () => void } {
    const thread = useRow(threads, id);
    const messages = thread?.messages ?? [];
    const loaded = thread?.loaded ?? false;
    /** The newest message when the writing began. */
    const [since, setSince] = useState<number | null>(null);
    /** The newest message that a press has shown; null while none did. */
    const [pressed, setPressed] = useState<number | null>(null);
    useEffect(() => {
        if (!writing) { setSince(null); setPressed(null); }
        else if (loaded) setSince((now) => now ?? Math.max(0, ...messages.map((message) => message.id)));
        // Only the beginning counts, not the messages that come after it.
        // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [writing, loaded]);

    const arrived = since === null ? [] : messages.filter((message) => message.id > since && matters(message));
    const newest = arrived[arrived.length - 1]?.id ?? null;
    return {
        shown: pressed === null ? [] : arrived.filter((message) => message.id <= pressed),
        held: () => {
            if (newest === null || (pressed !== null && newest <= pressed)) return false;
            setPressed(newest);
            return true;
        },
        reset: () => { setSince(null); setPressed(null); },
    };
}
