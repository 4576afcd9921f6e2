import type { API } from "./api";

/** Tells the server when the widget is open and the page visible. That the page is open at all it knows from the event stream. */
export class Presence {
    private told = "";

    constructor(
        private readonly api: API,
        private readonly isOpen: () => boolean,
    ) {
        document.addEventListener("visibilitychange", () => this.tell());
        window.addEventListener("pagehide", () => {
            this.told = "";
            this.api.beacon("presence", { open: false, visible: false });
        });
        window.addEventListener("pageshow", (event) => {
            if (event.persisted) this.tell();
        });
    }

    tell(again = false): void {
        const state = { open: this.isOpen(), visible: document.visibilityState === "visible" };
        const key = `${state.open} ${state.visible}`;
        if (key === this.told && !again) return;
        this.told = key;
        this.api.call("POST", "presence", state, 10, true).catch(() => {
            this.told = "";
        });
    }
}
