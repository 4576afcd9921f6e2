/** One event as tabs pass it on to each other. */
interface Passed {
    name: string;
    data: string;
    id: string;
}

/**
 * The visitor's live events. One tab of this browser holds the connection and passes on what comes, because browsers allow a server only
 * six connections over HTTP/1.1; when that tab goes, another takes over from the same cursor. EventSource resumes by itself with
 * `Last-Event-ID` after a broken line; after an error page (a proxy while the server restarts) it gives up, so we begin anew, with growing pauses.
 */
export class Stream {
    private channel: BroadcastChannel | null = null;
    private cursor = "";
    private pause = 1000;
    private timer = 0;
    private waited = false;

    constructor(
        private readonly pubsubToken: string,
        private readonly handlers: Record<string, (data: any) => void>,
        private readonly line: (up: boolean) => void,
    ) {}

    start(): void {
        // Missing on pages without TLS, and forbidden where storage is: then each tab has a connection of its own.
        const locks = (navigator as { locks?: LockManager }).locks;
        if (!locks || !("BroadcastChannel" in window)) return this.connect();
        const name = "throughline.events." + this.pubsubToken;
        this.channel = new BroadcastChannel(name);
        this.channel.onmessage = ({ data }: MessageEvent<Passed>) => this.deliver(data);
        // Held until the tab is gone.
        locks.request(name, () => new Promise<void>(() => this.connect())).catch(() => this.connect());
        setTimeout(() => (this.waited = true), 1000);
    }

    private connect(): void {
        clearTimeout(this.timer);
        const resume = this.cursor ? "&last_event_id=" + encodeURIComponent(this.cursor) : "";
        const source = new EventSource(`/events?pubsub_token=${encodeURIComponent(this.pubsubToken)}${resume}`);
        source.onopen = () => {
            // Took over from a tab that had nothing to pass on: where that one stood is not known.
            if (this.waited && !this.cursor) this.pass({ name: "stream.reset", data: "{}", id: "" });
            this.pause = 1000;
            this.line(true);
        };
        source.onerror = () => {
            this.line(false);
            if (source.readyState !== EventSource.CLOSED) return;
            this.timer = window.setTimeout(() => this.connect(), this.pause);
            this.pause = Math.min(this.pause * 2, 30000);
        };
        // `stream.ready` only brings the cursor from which to resume.
        for (const name of ["stream.ready", ...Object.keys(this.handlers)]) {
            source.addEventListener(name, (event) => {
                const { data, lastEventId } = event as MessageEvent<string>;
                this.pass({ name, data, id: lastEventId });
            });
        }
    }

    private pass(passed: Passed): void {
        this.channel?.postMessage(passed);
        this.deliver(passed);
    }

    private deliver({ name, data, id }: Passed): void {
        if (id) this.cursor = id;
        let parsed: unknown;
        try {
            parsed = JSON.parse(data || "{}");
        } catch {
            return;
        }
        this.handlers[name]?.(parsed);
    }
}
