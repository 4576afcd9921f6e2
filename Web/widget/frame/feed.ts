import type { API, Contact, Conversation, Member, Message } from "./api";
import { isShown, senderName, Thread } from "./thread";

/** Agents' clients repeat "typing" while it lasts; without a word for this long it is over, in milliseconds. */
const TYPING_LASTS = 30_000;

interface MessageList {
    payload?: Message[];
    meta?: { contact_last_seen_at_ms?: number };
}

export interface FeedOptions {
    api: API;
    thread: Thread;
    /** For an agent who has no name. */
    siteName: string;
    changed: () => void;
    /** A message of ours is with the server. */
    confirmed: (echo: string) => void;
    /** Something new from the other side came while we listened. */
    news: (message: Message) => void;
}

/** All that comes from the server goes through here into the thread: pages of messages, answers to what was sent, live events. */
export class Feed {
    private typingTimer = 0;

    constructor(private readonly options: FeedOptions) {}

    /** Everything anew; tried until it succeeds, because without it there is no conversation to show. */
    async load(): Promise<void> {
        const { api, thread, changed } = this.options;
        const members = api.get<{ payload?: Member[] }>("inbox_members").catch(() => undefined);
        const contact = api.get<Contact>("contact").catch(() => undefined);
        for (let pause = 1000; ; pause = Math.min(pause * 2, 15000)) {
            try {
                const [conversation, messages] = await Promise.all([api.get<Conversation>("conversations"), api.get<MessageList>("messages")]);
                if (conversation.id) thread.conversation = conversation;
                thread.read(conversation.contact_last_seen_at_ms);
                this.take(messages);
                break;
            } catch {
                await new Promise((resolve) => setTimeout(resolve, pause));
            }
        }
        thread.loaded = true;
        changed();
        thread.members = (await members)?.payload ?? [];
        thread.contact = (await contact) ?? { id: 0 };
        changed();
    }

    async loadOlder(): Promise<void> {
        const before = this.options.thread.oldest;
        if (before !== undefined) this.take(await this.options.api.get<MessageList>("messages?before=" + before));
    }

    async loadContact(): Promise<void> {
        this.options.thread.contact = await this.options.api.get<Contact>("contact");
        this.options.changed();
    }

    /** False where the message was here already. */
    arrived(message: Message): boolean {
        const { thread, confirmed, changed } = this.options;
        const fresh = thread.add(message);
        const { conversation } = thread;
        if (message.conversation_id && !conversation) thread.conversation = { id: message.conversation_id, status: "open" };
        if (conversation?.status === "resolved" && message.message_type === 0 && fresh) conversation.status = "open";
        if (message.echo_id) confirmed(message.echo_id);
        changed();
        return fresh;
    }

    /** The visitor's first message made a conversation. */
    began(conversation: Conversation): void {
        this.options.thread.conversation = { id: conversation.id, status: conversation.status ?? "open" };
        for (const message of conversation.messages ?? []) this.options.thread.add(normal(message));
    }

    events(): Record<string, (data: any) => void> {
        const message = (data: Message) => {
            const came = normal(data);
            const fresh = this.arrived(came);
            if (fresh && came.message_type === 1) this.stopTyping();
            if (fresh && isShown(came) && came.message_type !== 0) this.options.news(came);
        };
        return {
            "message.created": message,
            "message.updated": message,
            "conversation.created": (data) => this.conversationChanged(data),
            "conversation.status_changed": (data) => this.conversationChanged(data),
            "conversation.typing_on": (data) => this.agentTypes(data),
            "conversation.typing_off": () => this.stopTyping(),
            "stream.reset": () => {
                this.options.thread.clear();
                void this.load();
            },
        };
    }

    private take(list: MessageList): void {
        const { thread, confirmed } = this.options;
        const payload = (list.payload ?? []).map(normal);
        for (const message of payload) thread.add(message);
        thread.read(list.meta?.contact_last_seen_at_ms);
        if (payload.length < 20) thread.complete = true;
        for (const { echo_id: echo } of payload) if (echo) confirmed(echo);
    }

    private conversationChanged(data: Conversation): void {
        const { thread } = this.options;
        if (thread.conversation?.id === data.id) thread.conversation = { ...thread.conversation, status: data.status };
        thread.read(data.contact_last_seen_at_ms);
        this.options.changed();
    }

    private agentTypes(data: { user?: { name?: string; type?: string }; is_private?: boolean }): void {
        if (data.is_private || data.user?.type === "contact") return;
        this.options.thread.typing = { name: senderName(data.user) || this.options.siteName };
        clearTimeout(this.typingTimer);
        this.typingTimer = window.setTimeout(() => this.stopTyping(), TYPING_LASTS);
        this.options.changed();
    }

    private stopTyping(): void {
        clearTimeout(this.typingTimer);
        this.options.thread.typing = null;
        this.options.changed();
    }
}

/** Events and answers differ in small things: times as ISO text, types by name. */
function normal(message: Message): Message {
    const names = ["incoming", "outgoing", "activity", "template"];
    const type: unknown = message.message_type;
    const at: unknown = message.created_at;
    return {
        ...message,
        message_type: typeof type === "string" ? names.indexOf(type) : (type as number),
        created_at: typeof at === "string" ? Date.parse(at) / 1000 : (at as number),
    };
}
