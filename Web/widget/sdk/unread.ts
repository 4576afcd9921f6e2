import type { Session } from "./session";

/** As much of a message as the launcher needs. */
export interface Glimpse {
    id: number;
    content: string | null;
    message_type: number;
    created_at: number;
    sender?: { name?: string; available_name?: string } | null;
}

/**
 * What a page does for a visitor who has a session but has not opened the widget on this page: counts unread answers and holds the
 * event stream, which also tells agents that the page is open. The function that it returns ends it, when the frame takes over.
 */
export function watchUnread(
    session: Session,
    changed: (count: number, latest: Glimpse | undefined) => void,
    arrived: (message: Glimpse) => void,
    failed: (error: unknown) => void,
): () => void {
    const known = new Map<number, Glimpse>();
    /** Times are in seconds: what came just now is unread, whatever the second. */
    const live = new Set<number>();
    let stream: EventSource | null = null;
    let stopped = false;
    let seenAt = 0;
    let cursor = "";
    let pause = 1000;
    let timer: ReturnType<typeof setTimeout>;

    const count = () => {
        const unread = [...known.values()].filter((m) => m.message_type === 1 && (live.has(m.id) || m.created_at > seenAt));
        if (!stopped) changed(unread.length, unread.pop());
    };
    const load = async () => {
        const answer = await session.call("GET", "messages");
        for (const message of answer.payload ?? []) known.set(message.id, message);
        seenAt = answer.meta?.contact_last_seen_at ?? 0;
        count();
    };
    const listen = (pubsub: string) => {
        const source = (stream = new EventSource(session.eventsAddress(pubsub, cursor)));
        const on = (name: string, handle: (data: any) => void) =>
            source.addEventListener(name, (event) => {
                const { data, lastEventId } = event as MessageEvent<string>;
                cursor = lastEventId;
                handle(JSON.parse(data));
            });
        on("message.created", (message: Glimpse) => {
            if (known.has(message.id)) return;
            known.set(message.id, message);
            live.add(message.id);
            count();
            arrived(message);
        });
        on("stream.ready", () => 0);
        on("stream.reset", () => load().catch(failed));
        source.onopen = () => (pause = 1000);
        // A browser gives up for good when a proxy answers with an error page; we do not.
        source.onerror = () => {
            if (stopped || source.readyState !== 2) return;
            timer = setTimeout(listen, pause, pubsub);
            pause = Math.min(pause * 2, 60000);
        };
    };
    session
        .start()
        .then((pubsub) => {
            if (stopped) return;
            listen(pubsub);
            return load();
        })
        .catch(failed);

    return () => {
        stopped = true;
        clearTimeout(timer);
        stream?.close();
    };
}
