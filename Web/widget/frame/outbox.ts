import { API, Conversation, Message, Refused } from "./api";
import type { BeforeChat } from "./before-chat";
import { storage } from "./dom";
import { dropFiles, keepFiles, keptFiles } from "./kept-files";
import { language } from "./words";

export interface Pending {
    /** Idempotency key: the server takes the same echo only once. */
    echo: string;
    content: string;
    /** Unix seconds. */
    at: number;
    page: string;
    state: "sending" | "waiting" | "failed";
    error?: string;
    /** How many files belong to it; the files themselves are kept apart. */
    fileCount?: number;
    files?: File[];
}

const LIMIT = 100;

/**
 * What the visitor wrote and the server has not confirmed. One at a time and in order, so that the conversation reads as it was typed;
 * kept in storage, so that a reload or a dead line loses nothing; the echo makes it exactly once.
 */
export class Outbox {
    private entries: Pending[] = [];
    private busy = false;
    private pause = 1000;
    private timer = 0;
    private readonly key: string;

    constructor(
        private readonly api: API,
        private readonly page: () => string,
        private readonly hasConversation: () => boolean,
        private readonly before: BeforeChat,
        private readonly on: { changed: () => void; sent: (message: Message, echo: string) => void; began: (conversation: Conversation) => void },
    ) {
        this.key = "outbox." + sessionName(api.authToken);
        this.entries = this.stored();
        window.addEventListener("online", () => this.flush());
        window.addEventListener("storage", (event) => {
            if (event.key === "throughline." + this.key) this.merge();
        });
    }

    get pending(): readonly Pending[] {
        return this.entries;
    }

    add(content: string, files: File[]): void {
        if (this.entries.length >= LIMIT) return;
        const entry: Pending = { echo: newEcho(), content, at: Date.now() / 1000, page: this.page(), state: "sending" };
        if (files.length) {
            entry.files = files;
            entry.fileCount = files.length;
            void keepFiles(entry.echo, files);
        }
        this.entries.push(entry);
        this.save();
        void this.flush();
    }

    /** One that was refused, or all of them. */
    retry(echo?: string): void {
        for (const entry of this.entries) if (entry.echo === echo || echo === undefined) entry.state = "sending";
        this.pause = 1000;
        this.on.changed();
        void this.flush();
    }

    /** The server has it: by our own request, or seen on the stream while our request still waits. */
    confirmed(echo: string): void {
        const before = this.entries.length;
        this.entries = this.entries.filter((e) => e.echo !== echo);
        if (this.entries.length !== before) this.save();
    }

    async flush(): Promise<void> {
        if (this.busy || !this.entries.length) return;
        this.busy = true;
        clearTimeout(this.timer);
        try {
            await exclusively("throughline." + this.key, () => this.sendAll());
        } finally {
            this.busy = false;
        }
    }

    private async sendAll(): Promise<void> {
        this.merge();
        for (let entry = this.next(); entry; entry = this.next()) {
            try {
                await this.send(entry);
                this.pause = 1000;
            } catch (error) {
                const refused = error instanceof Refused ? error : new Refused(0, "");
                entry.state = refused.temporary ? "waiting" : "failed";
                entry.error = refused.message;
                // What stands behind it waits with it.
                if (refused.temporary) for (const behind of this.entries) if (behind.state === "sending") behind.state = "waiting";
                this.save();
                if (!refused.temporary) continue;
                this.timer = window.setTimeout(() => this.flush(), this.pause);
                this.pause = Math.min(this.pause * 2, 30000);
                return;
            }
        }
    }

    private next(): Pending | undefined {
        return this.entries.find((e) => e.state !== "failed");
    }

    private async send(entry: Pending): Promise<void> {
        const words = { content: entry.content, echo_id: entry.echo, timestamp: new Date(entry.at * 1000).toString(), referer_url: entry.page, language, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone || "" };
        let message: Message | undefined;
        await this.before.tell();
        const custom_attributes = this.before.attributes();
        if (entry.fileCount && !entry.files) {
            const kept = await keptFiles(entry.echo);
            if (kept) entry.files = kept;
            else if (!entry.content) return this.confirmed(entry.echo);
        }
        if (entry.files?.length) {
            const form = new FormData();
            for (const [name, value] of Object.entries(words)) form.append(`message[${name}]`, value);
            for (const [name, value] of Object.entries(custom_attributes ?? {})) form.append(`custom_attributes[${name}]`, String(value));
            for (const file of entry.files) form.append("message[attachments][]", file, file.name);
            message = await this.api.call<Message>("POST", "messages", form, 180);
        } else if (this.hasConversation()) {
            message = await this.api.call<Message>("POST", "messages", { message: words });
        } else {
            const conversation = await this.api.call<Conversation>("POST", "conversations", { message: words, custom_attributes });
            this.on.began(conversation);
            const messages = conversation.messages ?? [];
            message = messages.find((m) => m.echo_id === entry.echo) ?? messages.filter((m) => m.message_type === 0).pop();
        }
        this.before.sent();
        this.entries = this.entries.filter((e) => e.echo !== entry.echo);
        this.save(false);
        if (entry.fileCount) void dropFiles(entry.echo);
        if (message && typeof message.id === "number") this.on.sent({ ...message, echo_id: entry.echo }, entry.echo);
        else this.on.changed();
    }

    private stored(): Pending[] {
        try {
            const list: unknown = JSON.parse(storage.get(this.key) ?? "[]");
            return Array.isArray(list) ? (list as Pending[]).filter((e) => typeof e?.echo === "string" && typeof e.content === "string").slice(0, LIMIT) : [];
        } catch {
            return [];
        }
    }

    /** Another tab may have sent what is still in our list, or added to it. */
    private merge(): void {
        const mine = new Map(this.entries.map((e) => [e.echo, e]));
        this.entries = this.stored().map((e) => mine.get(e.echo) ?? e);
        this.on.changed();
    }

    private save(announce = true): void {
        const plain = this.entries.map(({ files, ...entry }) => entry);
        storage.set(this.key, plain.length ? JSON.stringify(plain) : null);
        if (announce) this.on.changed();
    }
}

/** One sender among all tabs of this browser. */
async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
    // Missing on pages without TLS, forbidden where storage is: then the echo alone keeps a message single.
    const locks = (navigator as { locks?: LockManager }).locks;
    let began = false;
    const run = () => ((began = true), work());
    try {
        await (locks ? locks.request(name, run) : run());
    } catch (error) {
        if (began) throw error;
        await work();
    }
}

function newEcho(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

/** A name for the session that is the same after its token was renewed: the token's `source_id`. */
export function sessionName(token: string): string {
    try {
        const payload = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
        const { source_id: source } = JSON.parse(atob(payload)) as { source_id?: unknown };
        if (typeof source === "string" && source) return source;
    } catch {
        // not a JWT we can read
    }
    return token.slice(-24);
}
