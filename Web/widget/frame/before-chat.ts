import { API, Contact, Refused } from "./api";
import type { Config } from "./config";
import { storage } from "./dom";
import { sessionName } from "./outbox";
import type { Thread } from "./thread";

/** A field of Chatwoot's `pre_chat_fields`. */
export interface AskedField {
    name: string;
    label?: string | null;
    placeholder?: string | null;
    type: string;
    field_type?: string;
    required?: boolean;
    values?: string[];
}

export type Answer = string | boolean;

/** What the visitor typed into the form: kept until the first message is with the server. */
interface Kept {
    values: Record<string, Answer>;
    /** The form is filled in: now the first message may be written. */
    done?: boolean;
    /** The contact's own details are not with the server yet. */
    untold?: boolean;
}

/** Chatwoot's names for what belongs to every contact, and the server's. */
export const STANDARD: Record<string, "email" | "name" | "phone_number"> = { emailAddress: "email", fullName: "name", phoneNumber: "phone_number" };

/** The form before the first message of a new conversation. The server leaves out what it knows already. */
export class BeforeChat {
    readonly fields: AskedField[];
    /** Why the server did not take what was typed. */
    refusal = "";
    private kept: Kept = { values: {} };
    private readonly key: string;

    constructor(
        config: Config,
        private readonly api: API,
        private readonly thread: Thread,
        private readonly changed: () => void,
    ) {
        this.key = "before." + sessionName(api.authToken);
        this.fields = (config.preChatFormEnabled && config.preChatFormOptions?.pre_chat_fields) || [];
        try {
            const kept = JSON.parse(storage.get(this.key) ?? "") as Partial<Kept>;
            if (kept.values && typeof kept.values === "object") this.kept = { ...kept, values: kept.values };
        } catch {
            // nothing kept
        }
    }

    /** No message can be written yet: the form stands before it, or will as soon as it is known who is here. */
    get blocks(): boolean {
        return this.fields.length > 0 && !this.kept.done && !this.thread.conversation && !this.thread.contact?.identified;
    }

    get due(): boolean {
        return this.blocks && this.thread.loaded && this.thread.contact !== null;
    }

    value(name: string): Answer {
        return this.kept.values[name] ?? "";
    }

    keep(name: string, value: Answer): void {
        this.kept.values[name] = value;
        this.save();
    }

    /** The form is filled in. Without a line its answers wait with the first message. Gives an address that was perhaps meant. */
    async finish(): Promise<string | null> {
        this.refusal = "";
        this.kept.untold = true;
        let suggestion: string | null = null;
        try {
            suggestion = await this.tell(10);
        } catch (error) {
            if (!(error as Refused).temporary) return null;
        }
        if (!suggestion) this.close();
        return suggestion;
    }

    close(): void {
        this.kept.done = true;
        this.save();
        this.changed();
    }

    /** The contact's own details go before the first message. What the server does not take is asked for again. */
    async tell(limit?: number): Promise<string | null> {
        if (!this.kept.untold) return null;
        const details: Record<string, unknown> = {};
        for (const { name } of this.fields) {
            const own = STANDARD[name];
            if (own && this.given(name)) details[own] = this.given(name);
        }
        const custom_attributes = this.attributes("contact_attribute");
        try {
            let answer: Contact | undefined;
            if (custom_attributes) details.custom_attributes = custom_attributes;
            if (Object.keys(details).length) answer = await this.api.call<Contact>("PATCH", "contact", details, limit);
            if (answer) this.thread.contact = answer;
            this.kept.untold = false;
            this.save();
            return answer?.suggestion ?? null;
        } catch (error) {
            if (error instanceof Refused && !error.temporary) {
                this.refusal = error.message;
                this.kept.done = this.kept.untold = false;
            }
            this.save();
            this.changed();
            throw error;
        }
    }

    /** What was answered for the contact or for the conversation, in its own type. */
    attributes(kind = "conversation_attribute"): Record<string, unknown> | undefined {
        const found = this.fields.filter((f) => f.field_type === kind && this.given(f.name) !== undefined);
        return found.length ? Object.fromEntries(found.map((f) => [f.name, f.type === "number" ? Number(this.given(f.name)) : this.given(f.name)])) : undefined;
    }

    /** The first message is with the server, and all of this with it. */
    sent(): void {
        this.kept = { values: {}, done: true };
        storage.set(this.key, null);
    }

    private given(name: string): Answer | undefined {
        const value = this.kept.values[name];
        return (typeof value === "string" ? value.trim() : value) || undefined;
    }

    private save(): void {
        storage.set(this.key, JSON.stringify(this.kept));
    }
}
