import type { Contact, Conversation, Member, Message } from "./api";

/** What is known about this visitor's conversation. Messages are kept once, by id, whatever way they came. */
export class Thread {
    conversation: Conversation | null = null;
    contact: Contact | null = null;
    members: Member[] = [];
    loaded = false;
    /** Everything older has been fetched. */
    complete = false;
    typing: { name: string } | null = null;
    private readonly byID = new Map<number, Message>();
    private readonly echoes = new Map<number, string>();
    /** Milliseconds: an answer in the second in which somebody looked is unread. */
    private seenAt = 0;
    private seenID = 0;
    private answeredID = 0;

    get messages(): Message[] {
        return [...this.byID.values()].sort((a, b) => a.id - b.id);
    }

    get last(): Message | undefined {
        const shown = this.messages.filter(isShown);
        return shown[shown.length - 1];
    }

    get oldest(): number | undefined {
        return this.messages[0]?.id;
    }

    /** The server asked for an address; where it did not, mail could not follow, and nothing may promise it. */
    get askedForAddress(): boolean {
        return this.messages.some((m) => m.content_type === "input_email");
    }

    get hasAgentAnswer(): boolean {
        return this.messages.some((m) => m.message_type === 1);
    }

    /** The agent who wrote last, else the first of the team. */
    get partner(): { name: string; avatar: string | null } | null {
        const own = this.messages.filter((m) => m.message_type === 1 && m.sender);
        const sender = own[own.length - 1]?.sender ?? this.members[0];
        return sender ? { name: senderName(sender), avatar: sender.avatar_url || sender.thumbnail || null } : null;
    }

    /** False where the message was already here and is unchanged in id. */
    add(message: Message): boolean {
        if (!message || typeof message.id !== "number" || message.private) return false;
        const fresh = !this.byID.has(message.id);
        if (message.echo_id) this.echoes.set(message.id, message.echo_id);
        if (isOwn(message)) this.answeredID = Math.max(this.answeredID, message.id);
        this.byID.set(message.id, message);
        return fresh;
    }

    clear(): void {
        this.byID.clear();
        this.complete = false;
    }

    hasEcho(echo: string): boolean {
        for (const value of this.echoes.values()) if (value === echo) return true;
        return false;
    }

    /** The same for a message while it waits and after it was sent, so that its bubble stays the same element. */
    keyOf(message: Message): string {
        return this.echoes.get(message.id) ?? "m" + message.id;
    }

    read(at: number | undefined): void {
        this.seenAt = Math.max(this.seenAt, at ?? 0);
    }

    /** Seen on this screen, up to and with this message. */
    seen(id: number): boolean {
        if (id <= this.seenID) return false;
        this.seenID = id;
        return true;
    }

    /** Who has answered, in chat or by email, has read what came before. */
    isUnread(message: Message): boolean {
        return message.message_type === 1 && message.id > Math.max(this.seenID, this.answeredID) && message.created_at_ms > this.seenAt;
    }

    get unread(): number {
        return this.messages.filter((m) => this.isUnread(m)).length;
    }
}

/** Activities ("assigned to Sam") are for agents; the email question is drawn by its own card. */
export function isShown(message: Message): boolean {
    return message.message_type !== 2 && message.content_type !== "input_email" && !message.private;
}

export function isOwn(message: Message): boolean {
    return message.message_type === 0;
}

export function senderName(sender: { name?: string; available_name?: string } | null | undefined): string {
    return sender?.available_name || sender?.name || "";
}
