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
 * event stream, which also tells agents that the page is open. It ends when the frame takes over.
 */
export class UnreadWatch {
    private stream: EventSource | null = null;
    private cursor = "";
    private retry = 0;
    private stopped = false;
    private readonly known = new Map<number, Glimpse>();
    private seenAt = 0;

    constructor(
        private readonly session: Session,
        private readonly changed: (count: number, latest: Glimpse | null) => void,
        private readonly arrived: (message: Glimpse) => void,
    ) {}

    async start(): Promise<void> {
        const pubsub = await this.session.start();
        if (this.stopped || !pubsub) return;
        this.listen(pubsub);
        await this.load();
    }

    stop(): void {
        this.stopped = true;
        clearTimeout(this.retry);
        this.stream?.close();
    }

    private async load(): Promise<void> {
        const answer = await this.session.call("GET", "messages");
        this.seenAt = Math.max(this.seenAt, Number(answer.meta?.contact_last_seen_at) || 0);
        for (const message of answer.payload ?? []) this.known.set(message.id, message);
        this.tell();
    }

    private listen(pubsub: string, pause = 1000): void {
        const resume = this.cursor ? "&last_event_id=" + encodeURIComponent(this.cursor) : "";
        const stream = new EventSource(`${this.session.baseUrl}/events?pubsub_token=${encodeURIComponent(pubsub)}${resume}`);
        this.stream = stream;
        const on = (name: string, handle: (data: any) => void) =>
            stream.addEventListener(name, (event) => {
                pause = 1000;
                this.cursor = (event as MessageEvent).lastEventId || this.cursor;
                handle(JSON.parse((event as MessageEvent).data || "{}"));
            });
        on("message.created", (message: Glimpse) => {
            const fresh = !this.known.has(message.id);
            this.known.set(message.id, message);
            if (fresh) this.arrived(message);
            this.tell();
        });
        on("conversation.read", (data: { contact_last_seen_at?: number }) => this.read(data));
        on("conversation.updated", (data: { contact_last_seen_at?: number }) => this.read(data));
        on("stream.reset", () => void this.load());
        // A browser gives up for good when a proxy answers with an error page; we do not.
        stream.onerror = () => {
            if (stream.readyState !== EventSource.CLOSED || this.stopped) return;
            this.retry = window.setTimeout(() => this.listen(pubsub, Math.min(pause * 2, 60000)), pause);
        };
    }

    /** Read in another tab. */
    private read(data: { contact_last_seen_at?: number }): void {
        this.seenAt = Math.max(this.seenAt, Number(data.contact_last_seen_at) || 0);
        this.tell();
    }

    private tell(): void {
        if (this.stopped) return;
        const unread = [...this.known.values()].filter((m) => m.message_type === 1 && m.created_at > this.seenAt);
        this.changed(unread.length, unread[unread.length - 1] ?? null);
    }
}
