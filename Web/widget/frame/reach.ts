import { API, Contact, Refused } from "./api";
import { storage } from "./dom";
import { sessionName } from "./outbox";
import type { Thread } from "./thread";

const SHAPE = /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,63}$/;

export function looksLikeAddress(text: string): boolean {
    return text.length <= 254 && SHAPE.test(text);
}

/** `anna@shop.test` → `a…@shop.test`: enough to recognise one's own. */
export function masked(address: string): string {
    const at = address.lastIndexOf("@");
    return at < 1 ? address : `${[...address][0] ?? ""}…${address.slice(at)}`;
}

export type SaveResult = { state: "saved"; suggestion: string | null } | { state: "refused"; reason: string } | { state: "unsent" };

/** Where the visitor can be reached when they leave: the address, and whether to ask for it. */
export class Reach {
    /** Asked again after nobody answered. */
    again = false;
    /** The visitor pressed "change". */
    changing = false;
    /** The card is in use: saving, asking "did you mean", saying "saved". It stays until it is done. */
    busy = false;
    private readonly key: string;
    private saved: { address: string; suggestion: string | null } | null = null;

    constructor(
        private readonly api: API,
        private readonly thread: Thread,
        private readonly canEmail: boolean,
        private readonly changed: () => void,
    ) {
        this.key = sessionName(api.authToken);
    }

    /** The address as the visitor may see it, or `null` where only the server knows it; `undefined` where there is none. */
    get address(): string | null | undefined {
        const known = this.thread.contact?.email || storage.get("address." + this.key);
        if (!this.thread.contact?.has_email) return undefined;
        return known ? masked(known) : null;
    }

    get skipped(): boolean {
        return storage.get("skipped." + this.key) !== null;
    }

    /** Whether the card stands in the flow, given that something was written. */
    get asks(): boolean {
        if (this.changing || this.busy) return true;
        return this.possible && (!this.skipped || this.again);
    }

    /** There is no address yet, and mail could follow one. In a long thread the server's own question may not be loaded. */
    get possible(): boolean {
        const { contact, askedForAddress, complete } = this.thread;
        return contact !== null && this.address === undefined && this.canEmail && (askedForAddress || !complete);
    }

    skip(): void {
        this.changing = this.busy = false;
        this.again = false;
        storage.set("skipped." + this.key, "1");
        this.changed();
    }

    change(): void {
        this.changing = true;
        this.changed();
    }

    done(): void {
        this.changing = this.busy = false;
        this.again = false;
        this.changed();
    }

    /** No answer has come: the question returns once. */
    askAgain(): void {
        if (!this.possible || storage.get("again." + this.key) !== null) return;
        storage.set("again." + this.key, "1");
        this.again = true;
        this.changed();
    }

    /** Also while the page closes: the request outlives it. The same address is sent once. */
    async save(address: string): Promise<SaveResult> {
        if (address === this.saved?.address) return { state: "saved", suggestion: this.saved.suggestion };
        try {
            const answer = await this.api.call<Contact>("PATCH", "contact", { email: address }, 20, true);
            storage.set("address." + this.key, masked(address));
            this.thread.contact = { id: 0, ...this.thread.contact, has_email: true, email: address };
            this.saved = { address, suggestion: answer.suggestion ?? null };
            this.changed();
            return { state: "saved", suggestion: this.saved.suggestion };
        } catch (error) {
            if (error instanceof Refused && !error.temporary) return { state: "refused", reason: error.message };
            return { state: "unsent" };
        }
    }
}
