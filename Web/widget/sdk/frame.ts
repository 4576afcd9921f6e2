import { FrameStart, MARK, readMarked, ToFrame, ToPage } from "../shared/protocol";

export type Frame = ReturnType<typeof makeFrame>;

/** The widget's iframe, made when it is first needed. Hears and is told only what comes from, or goes to, the server's own origin in this one window. */
export function makeFrame(baseUrl: string, handle: (message: ToPage) => void) {
    const origin = new URL(baseUrl, location.href).origin;
    let element: HTMLIFrameElement | null = null;
    /** What waits until the frame is up; `null` once it is. */
    let waiting: ToFrame[] | null = [];

    const send = (message: ToFrame) => {
        if (!waiting) element?.contentWindow?.postMessage({ mark: MARK, body: message }, origin);
        else if (element && waiting.length < 50) waiting.push(message);
    };
    const drop = () => {
        element?.remove();
        element = null;
        waiting = [];
    };
    addEventListener("message", (event) => {
        if (!element || event.source !== element.contentWindow || event.origin !== origin) return;
        const message = readMarked<ToPage>(event.data);
        if (!message) return;
        if (message.type === "ready") {
            const late = waiting ?? [];
            waiting = null;
            late.forEach(send);
        }
        handle(message);
    });

    return {
        send,
        drop,
        exists: () => element !== null,
        focus: () => element?.focus(),
        load(into: HTMLElement, address: string, start: FrameStart): void {
            drop();
            element = document.createElement("iframe");
            element.title = "Chat";
            element.src = address + "#" + encodeURIComponent(JSON.stringify(start));
            into.append(element);
        },
    };
}
