import type { Session } from "./session";

type Attributes = Record<string, unknown>;

/** What the website tells about its visitor. Calls reach the server in the order in which the page made them. */
export function makeIdentity(session: Session, sessionChanged: () => void, contactChanged: () => void, failed: (error: unknown) => void) {
    let queue: Promise<unknown> = Promise.resolve();
    let user: Attributes | undefined;

    const run = (step: () => Promise<boolean | void>) => {
        queue = queue
            .then(async () => {
                const fresh = !session.token();
                if (fresh) await session.start();
                if ((await step()) || fresh) sessionChanged();
                else contactChanged();
            })
            .catch(failed);
    };
    const call = (method: string, path: string, body?: unknown) => run(() => session.call(method, path, body));
    const destroy = (path: string) => (name: string) => call("POST", path + "/destroy_custom_attributes", { custom_attributes: [name] });

    return {
        user: () => user,
        forget(): void {
            user = undefined;
        },
        calls: {
            setUser(identifier: string | number, details: Attributes = {}): void {
                if (!/^(string|number)$/.test(typeof identifier)) throw new Error("setUser needs an identifier");
                const asked = (user = { ...details, identifier: String(identifier) });
                const digest = fingerprint(JSON.stringify(asked));
                if (session.user() === digest && session.token()) return;
                run(async () => {
                    const answer = await session.call("PATCH", "contact/set_user", asked);
                    session.setUser(digest);
                    const next = answer.widget_auth_token;
                    const changed = next && next !== session.token();
                    session.setToken(next);
                    return changed;
                });
            },
            setCustomAttributes: (custom_attributes: Attributes) => call("PATCH", "contact", { custom_attributes }),
            setConversationCustomAttributes: (custom_attributes: Attributes) => call("POST", "conversations/set_custom_attributes", { custom_attributes }),
            deleteCustomAttribute: destroy("contact"),
            deleteConversationCustomAttribute: destroy("conversations"),
            setLabel: (label: string) => call("POST", "labels", { label }),
            removeLabel: (label: string) => call("DELETE", "labels/" + encodeURIComponent(label)),
        },
    };
}

/** FNV-1a, 32 bits: enough to notice a change, and nothing about the person can be read from the cookie. */
function fingerprint(text: string): string {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(16);
}
