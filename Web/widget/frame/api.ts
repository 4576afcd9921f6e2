/** The server's answer was an error: `status` 0 means that there was no answer at all. */
export class Refused extends Error {
    constructor(
        readonly status: number,
        message: string,
    ) {
        super(message);
    }

    /** Worth trying again by itself: no line, server busy or restarting. */
    get temporary(): boolean {
        return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
    }
}

export interface Sender {
    id?: number;
    name?: string;
    available_name?: string;
    avatar_url?: string | null;
    thumbnail?: string | null;
    type?: string;
}

export interface Attachment {
    id: number;
    file_type: string;
    data_url: string;
    thumb_url?: string | null;
    file_size?: number;
    file_name?: string | null;
    extension?: string | null;
    content_type?: string | null;
    width?: number | null;
    height?: number | null;
}

export interface Message {
    id: number;
    content: string | null;
    /** 0 incoming, 1 outgoing, 2 activity, 3 template. */
    message_type: number;
    content_type?: string;
    content_attributes?: {
        deleted?: boolean;
        submitted_email?: string;
        items?: { title: string; value: string }[];
        submitted_values?: unknown;
    } | null;
    created_at: number;
    created_at_ms: number;
    conversation_id?: number;
    private?: boolean;
    channel?: "chat" | "email";
    echo_id?: string | null;
    attachments?: Attachment[];
    sender?: Sender | null;
}

export interface Conversation {
    id: number;
    status?: string;
    contact_last_seen_at_ms?: number;
    messages?: Message[];
}

export interface Contact {
    id: number;
    has_email?: boolean;
    email?: string | null;
    name?: string | null;
    /** The website has said who this is. */
    identified?: boolean;
    suggestion?: string | null;
}

export interface Member extends Sender {
    id: number;
    availability_status?: string;
}

/** The widget API, as this visitor. */
export class API {
    constructor(
        private readonly websiteToken: string,
        readonly authToken: string,
    ) {}

    address(path: string): string {
        return `/api/v1/widget/${path}${path.includes("?") ? "&" : "?"}website_token=${encodeURIComponent(this.websiteToken)}`;
    }

    get<T>(path: string): Promise<T> {
        return this.call<T>("GET", path);
    }

    /** `body` is JSON, or a form with files. `keepalive` lets the request outlive the page. Ends after `limit` seconds. */
    async call<T>(method: string, path: string, body?: unknown, limit = 30, keepalive = false): Promise<T> {
        const headers: Record<string, string> = { "X-Auth-Token": this.authToken, Accept: "application/json" };
        const form = body instanceof FormData;
        if (body !== undefined && !form) headers["Content-Type"] = "application/json";
        const patience = new AbortController();
        const timer = setTimeout(() => patience.abort(), limit * 1000);
        try {
            const answer = await fetch(this.address(path), {
                method,
                headers,
                body: form ? (body as FormData) : body === undefined ? undefined : JSON.stringify(body),
                credentials: "omit",
                keepalive,
                signal: patience.signal,
            });
            const text = await answer.text();
            const json = readJSON(text);
            if (!answer.ok) throw new Refused(answer.status, sentence(json));
            return json as T;
        } catch (error) {
            throw error instanceof Refused ? error : new Refused(0, "");
        } finally {
            clearTimeout(timer);
        }
    }

    /** Survives the closing of the page where `fetch` may not: a beacon carries the session in its body. */
    beacon(path: string, body: Record<string, unknown>): void {
        const text = JSON.stringify({ ...body, auth_token: this.authToken });
        navigator.sendBeacon(this.address(path), new Blob([text], { type: "text/plain" }));
    }
}

function readJSON(text: string): unknown {
    try {
        return text ? JSON.parse(text) : {};
    } catch {
        return {};
    }
}

function sentence(json: unknown): string {
    const { error, message } = (json ?? {}) as { error?: unknown; message?: unknown };
    return typeof error === "string" ? error : typeof message === "string" ? message : "";
}
