import { MARK, readMarked, ToFrame, ToPage } from "../shared/protocol";

/** The line to the embedding page. Only its window and its origin are heard, and only that origin is told anything. */
export class Bridge {
    readonly alone = window.parent === window;

    constructor(
        private readonly origin: string,
        handle: (message: ToFrame) => void,
    ) {
        if (this.alone || !origin) return;
        window.addEventListener("message", (event) => {
            if (event.source !== window.parent || event.origin !== origin) return;
            const message = readMarked<ToFrame>(event.data);
            if (message) handle(message);
        });
    }

    tell(message: ToPage): void {
        if (this.alone || !this.origin) return;
        // Pages from a file have the opaque origin "null", which cannot be addressed by name.
        window.parent.postMessage({ mark: MARK, body: message }, this.origin === "null" ? "*" : this.origin);
    }
}
