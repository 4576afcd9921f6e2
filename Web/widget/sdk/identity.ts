import type { Session } from "./session";

type Attributes = Record<string, unknown>;

/** What the website tells about its visitor. Calls go to the server in the order in which the page made them. */
export class Identity {
    user: Attributes | undefined;
    private queue: Promise<unknown> = Promise.resolve();

    constructor(
        private readonly session: Session,
        private readonly sessionChanged: () => void,
        private readonly contactChanged: () => void,
        private readonly failed: (error: unknown) => void,
    ) {}

    setUser = (identifier: string | number, user: Attributes = {}): void => {
        if (typeof identifier !== "string" && typeof identifier !== "number") throw new Error("Identifier should be a string or a number");
        this.user = { ...user, identifier: String(identifier) };
        const asked = this.user;
        const digest = fingerprint(JSON.stringify(asked));
        if (this.session.user === digest && this.session.token) return;
        this.run(async () => {
            const answer = await this.session.call("PATCH", "contact/set_user", asked);
            this.session.user = digest;
            if (answer.widget_auth_token && answer.widget_auth_token !== this.session.token) {
                this.session.token = answer.widget_auth_token;
                this.sessionChanged();
            } else this.contactChanged();
        });
    };

    setCustomAttributes = (attributes: Attributes): void => {
        if (!attributes || !Object.keys(attributes).length) throw new Error("Custom attributes should have at least one key");
        this.patch("PATCH", "contact", { custom_attributes: attributes });
    };
    deleteCustomAttribute = (name: string): void => {
        this.patch("POST", "contact/destroy_custom_attributes", { custom_attributes: [name] });
    };
    setConversationCustomAttributes = (attributes: Attributes): void => {
        this.patch("POST", "conversations/set_custom_attributes", { custom_attributes: attributes });
    };
    deleteConversationCustomAttribute = (name: string): void => {
        this.patch("POST", "conversations/destroy_custom_attributes", { custom_attribute: [name] });
    };
    setLabel = (label: string): void => this.patch("POST", "labels", { label });
    removeLabel = (label: string): void => this.patch("DELETE", "labels/" + encodeURIComponent(label));

    forget(): void {
        this.user = undefined;
    }

    private patch(method: string, path: string, body?: unknown): void {
        this.run(async () => {
            await this.session.call(method, path, body);
            this.contactChanged();
        });
    }

    private run(step: () => Promise<void>): void {
        this.queue = this.queue
            .then(async () => {
                const fresh = !this.session.token;
                if (fresh) await this.session.start();
                await step();
                if (fresh) this.sessionChanged();
            })
            .catch(this.failed);
    }
}

/** FNV-1a, 32 bits: enough to notice a change, and nothing about the person can be read from the cookie. */
function fingerprint(text: string): string {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(16);
}
