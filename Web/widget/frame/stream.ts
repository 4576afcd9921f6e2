/**
 * The visitor's live events. EventSource resumes by itself with `Last-Event-ID` after a broken line; after an error page (a proxy
 * while the server restarts) it gives up, so we begin anew from the last cursor, with growing pauses.
 */
export class Stream {
    private source: EventSource | null = null;
    private cursor = "";
    private pause = 1000;
    private timer = 0;

    constructor(
        private readonly pubsubToken: string,
        private readonly handlers: Record<string, (data: any) => void>,
        private readonly line: (up: boolean) => void,
    ) {}

    start(): void {
        if (this.source && this.source.readyState !== EventSource.CLOSED) return;
        clearTimeout(this.timer);
        const resume = this.cursor ? "&last_event_id=" + encodeURIComponent(this.cursor) : "";
        const source = new EventSource(`/events?pubsub_token=${encodeURIComponent(this.pubsubToken)}${resume}`);
        this.source = source;
        source.onopen = () => {
            this.pause = 1000;
            this.line(true);
        };
        source.onerror = () => {
            this.line(false);
            if (source.readyState === EventSource.CLOSED) {
                this.timer = window.setTimeout(() => this.start(), this.pause);
                this.pause = Math.min(this.pause * 2, 30000);
            }
        };
        // `stream.ready` only brings the cursor from which to resume.
        const handlers: Record<string, (data: any) => void> = { "stream.ready": () => undefined, ...this.handlers };
        for (const [name, handle] of Object.entries(handlers)) {
            source.addEventListener(name, (event) => {
                const { data, lastEventId } = event as MessageEvent<string>;
                if (lastEventId) this.cursor = lastEventId;
                let parsed: unknown;
                try {
                    parsed = JSON.parse(data || "{}");
                } catch {
                    return;
                }
                handle(parsed);
            });
        }
    }

    stop(): void {
        clearTimeout(this.timer);
        this.source?.close();
        this.source = null;
    }
}
