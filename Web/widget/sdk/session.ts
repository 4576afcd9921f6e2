import { readCookie, removeCookie, writeCookie } from "./cookies";

const COOKIE = "cw_conversation";

/** The visitor's session: a signed token in a cookie of the website, and the widget API under it. */
export class Session {
    constructor(
        readonly baseUrl: string,
        readonly websiteToken: string,
        private readonly baseDomain?: string,
    ) {}

    get token(): string {
        return readCookie(COOKIE);
    }

    set token(value: string) {
        if (value && value !== this.token) writeCookie(COOKIE, value, this.baseDomain);
    }

    forget(): void {
        removeCookie(COOKIE, this.baseDomain);
        removeCookie("cw_user_" + this.websiteToken, this.baseDomain);
    }

    /** Who was set last, so that each page load does not set the same person again. */
    get user(): string {
        return readCookie("cw_user_" + this.websiteToken);
    }

    set user(digest: string) {
        writeCookie("cw_user_" + this.websiteToken, digest, this.baseDomain);
    }

    /** Begins a session where there is none, and gives the token of its event stream. */
    async start(): Promise<string> {
        const answer = await this.call("POST", "config");
        this.token = answer?.website_channel_config?.auth_token ?? "";
        return answer?.contact?.pubsub_token ?? "";
    }

    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    async call(method: string, path: string, body?: unknown): Promise<any> {
        const headers: Record<string, string> = { "Content-Type": "application/json" };
        if (this.token) headers["X-Auth-Token"] = this.token;
        const answer = await fetch(`${this.baseUrl}/api/v1/widget/${path}?website_token=${encodeURIComponent(this.websiteToken)}`, {
            method,
            headers,
            body: body === undefined ? undefined : JSON.stringify(body),
            credentials: "omit",
            keepalive: true,
        });
        const text = await answer.text();
        const json = text ? JSON.parse(text) : {};
        if (!answer.ok) throw new Error(json.error || json.message || `${path}: HTTP ${answer.status}`);
        return json;
    }
}
