import type { Session } from "./session";

/** As much of a message as the launcher needs. */
export interface Glimpse {
    id: number;
    content: string | null;
    message_type: number;
    created_at_ms: number;
    sender?: { name?: string; available_name?: string } | null;
}

/**
 * What a page does for a visitor who has a session but has not opened the widget on this page: counts unread answers and holds the
 * event stream, which also tells agents that the page is open. Of many tabs one holds it and passes on what comes, because browsers
 * allow a server only six connections over HTTP/1.1. The function that it returns ends it, when the frame takes over.
 */
export function watchUnread(
    session: Session,
    changed: (count: number, latest: Glimpse | undefined) => void,
    arrived: (message: Glimpse) => void,
    failed: (error: unknown) => void,
): () => void {
    const known = new Map<number, Glimpse>();
    let stream: EventSource | null = null;
    let stopped = false;
    let seenAt = 0;
    let pause = 1000;
    let timer: ReturnType<typeof setTimeout>;

    const count = () => {
        const all = [...known.values()];
        // Who has answered, in chat or by email, has read what came before.
        const answered = Math.max(...all.map((m) => (m.message_type ? 0 : m.id)));
        const unread = all.filter((m) => m.message_type === 1 && m.id > answered && m.created_at_ms > seenAt);
        if (!stopped) changed(unread.length, unread.pop());
    };
    const load = () =>
        session
            .call("GET", "messages")
            .then((answer) => {
                for (const message of answer.payload) known.set(message.id, message);
                seenAt = answer.meta.contact_last_seen_at_ms ?? 0;
                count();
            })
            .catch(failed);
    const came = (message: Glimpse) => {
        if (known.has(message.id)) return;
        known.set(message.id, message);
        count();
        arrived(message);
    };
    const listen = (address: string) => {
        if (stopped) return;
        const source = (stream = new EventSource(address));
        source.addEventListener("message.created", (event) => {
            const message = JSON.parse((event as MessageEvent<string>).data);
            tabs?.postMessage(message);
            came(message);
        });
        source.addEventListener("stream.reset", load);
        source.onopen = () => {
            pause = 1000;
            // What came before the line was up is asked for, here and in the tabs that only listen.
            tabs?.postMessage(0);
            load();
        };
        // A browser gives up for good when a proxy answers with an error page; we do not.
        source.onerror = () => {
            if (source.readyState !== 2) return;
            timer = setTimeout(listen, pause, address);
            pause = Math.min(pause * 2, 60000);
        };
    };
    let tabs: BroadcastChannel | undefined;
    let release: (() => void) | undefined;
    session
        .start()
        .then((pubsub) => {
            if (stopped) return;
            tabs = new BroadcastChannel(pubsub);
            tabs.onmessage = ({ data }) => (data ? came(data) : load());
            const hold = () =>
                new Promise<void>((done) => {
                    release = done;
                    if (stopped) done();
                    else listen(session.eventsAddress(pubsub));
                });
            const { locks } = navigator as { locks?: LockManager };
            if (!locks) return hold();
            load();
            return locks.request(pubsub, hold);
        })
        .catch(failed);

    return () => {
        stopped = true;
        clearTimeout(timer);
        stream?.close();
        tabs?.close();
        release?.();
    };
}
