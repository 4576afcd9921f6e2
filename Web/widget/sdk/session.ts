import { readCookie, writeCookie } from "./cookies";

const COOKIE = "cw_conversation";

/** Where the visitor is. */
export const here = () => ({ page: location.href, title: document.title });

export type Session = ReturnType<typeof makeSession>;

/** The visitor's session: a signed token in a cookie of the website, and the widget API under it. */
export function makeSession(baseUrl: string, websiteToken: string, baseDomain?: string) {
    const userCookie = "cw_user_" + websiteToken;
    const query = "website_token=" + encodeURIComponent(websiteToken);

    const token = () => readCookie(COOKIE);
    const setToken = (value: string) => {
        if (value && value !== token()) writeCookie(COOKIE, value, baseDomain);
    };
    const call = async (method: string, path: string, body?: unknown): Promise<any> => {
        const headers: Record<string, string> = { "Content-Type": "application/json" };
        if (token()) headers["X-Auth-Token"] = token();
        const answer = await fetch(`${baseUrl}/api/v1/widget/${path}?${query}`, { method, headers, body: JSON.stringify(body), credentials: "omit", keepalive: true });
        const json = JSON.parse((await answer.text()) || "{}");
        if (!answer.ok) throw new Error(json.error || json.message || "HTTP " + answer.status);
        return json;
    };

    return {
        token,
        setToken,
        call,
        /** Who was set last, so that each page load does not set the same person again. */
        user: () => readCookie(userCookie),
        setUser: (digest: string) => writeCookie(userCookie, digest, baseDomain),
        forget(): void {
            writeCookie(COOKIE, "", baseDomain);
            writeCookie(userCookie, "", baseDomain);
        },
        /** Begins a session where there is none, and gives the token of its event stream. */
        async start(): Promise<string> {
            const answer = await call("POST", "config", here());
            setToken(answer.website_channel_config?.auth_token);
            return answer.contact?.pubsub_token ?? "";
        },
        /**
         * A tapped link in a mail has put a ticket behind the `#`. It leaves the address bar at once, and gives the session that may see its conversation, or
         * on a device that is new to it the page which asks for a code.
         */
        async enter(): Promise<unknown> {
            const [page, ticket] = location.href.split("#throughline=");
            if (!ticket) return;
            history.replaceState(null, "", page);
            const answer = await call("POST", "continue", { ticket });
            setToken(answer.auth_token);
            if (answer.location) location = answer.location;
            return answer.auth_token;
        },
        /** The frame's address, or that of the same widget in a window of its own. */
        frameAddress(): string {
            return `${baseUrl}/widget?${query}` + (token() ? "&cw_conversation=" + encodeURIComponent(token()) : "");
        },
        eventsAddress: (pubsub: string) => baseUrl + "/events?pubsub_token=" + encodeURIComponent(pubsub),
    };
}
