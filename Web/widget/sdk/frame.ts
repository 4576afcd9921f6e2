import { FrameStart, MARK, readMarked, ToFrame, ToPage } from "../shared/protocol";

/** The widget's iframe, made when it is first needed. Speaks and listens only to the server's own origin and this one window. */
export class Frame {
    private element: HTMLIFrameElement | null = null;
    private up = false;
    private waiting: ToFrame[] = [];
    private readonly origin: string;

    constructor(
        private readonly baseUrl: string,
        private readonly handle: (message: ToPage) => void,
    ) {
        this.origin = new URL(baseUrl, location.href).origin;
        window.addEventListener("message", (event) => {
            if (!this.element || event.source !== this.element.contentWindow || event.origin !== this.origin) return;
            const message = readMarked<ToPage>(event.data);
            if (!message) return;
            if (message.type === "ready") this.flush();
            this.handle(message);
        });
    }

    get exists(): boolean {
        return this.element !== null;
    }

    load(into: HTMLElement, websiteToken: string, session: string, start: FrameStart): void {
        this.drop();
        const frame = document.createElement("iframe");
        frame.title = "Chat";
        frame.allow = "clipboard-write; fullscreen";
        frame.src = frameAddress(this.baseUrl, websiteToken, session) + "#" + encodeURIComponent(JSON.stringify(start));
        this.element = frame;
        into.append(frame);
    }

    drop(): void {
        this.element?.remove();
        this.element = null;
        this.up = false;
        this.waiting = [];
    }

    focus(): void {
        this.element?.focus();
    }

    send(message: ToFrame): void {
        if (this.up) this.element?.contentWindow?.postMessage({ mark: MARK, body: message }, this.origin);
        else if (this.element && this.waiting.length < 50) this.waiting.push(message);
    }

    private flush(): void {
        this.up = true;
        for (const message of this.waiting.splice(0)) this.send(message);
    }
}

export function frameAddress(baseUrl: string, websiteToken: string, session: string): string {
    const query = new URLSearchParams({ website_token: websiteToken });
    if (session) query.set("cw_conversation", session);
    return `${baseUrl}/widget?${query}`;
}
