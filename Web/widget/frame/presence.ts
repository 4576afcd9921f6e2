import type { API } from "./api";

/** Tells the server when the widget is open and the page visible, and which page it is. That the page is open at all it knows from the event stream. */
export class Presence {
    private told = "";
    private toldPage = "";

    constructor(
        private readonly api: API,
        private readonly isOpen: () => boolean,
        private readonly place: () => { page: string; title: string },
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
        // Where the visitor is, once for each page: other tabs are on other pages.
        const place = this.place();
        const isNew = place.page !== this.toldPage;
        const key = `${state.open} ${state.visible}`;
        if (key === this.told && !isNew && !again) return;
        this.told = key;
        this.toldPage = place.page;
        this.api.call("POST", "presence", isNew && place.page ? { ...state, ...place } : state, 10, true).catch(() => {
            this.told = this.toldPage = "";
        });
    }
}
