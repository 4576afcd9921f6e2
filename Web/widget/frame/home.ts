import { avatar } from "./avatar";
import type { Config } from "./config";
import { shortTime } from "./dates";
import { arrange, h, icon } from "./dom";
import { expectation } from "./hours";
import type { FrameSettings } from "../shared/protocol";
import { isOwn, senderName, Thread } from "./thread";
import { words } from "./words";

export interface HomeOptions {
    config: Config;
    settings: () => FrameSettings;
    thread: Thread;
    /** The visitor's address, masked, where answers by email can be promised. */
    address: () => string | null | undefined;
    open: () => void;
    close: () => void;
}

/** The first page: greeting, when to expect an answer, the way in, and the conversation that there already is. */
export class HomeView {
    readonly element: HTMLElement;
    // The parts stay the same elements, so that a redrawing takes nobody's focus away.
    private readonly top = h("div", { class: "greeting-top" });
    private readonly title = h("h1", { dir: "auto" });
    private readonly tagline = h("p", { dir: "auto" });
    private readonly past = h("button", { type: "button", onClick: () => this.options.open() });
    private readonly way = h("button", { type: "button", class: "card way", onClick: () => this.options.open() });
    private readonly promise = h("span");
    private readonly closeButton = h("button", { type: "button", class: "round on-fill close", onClick: () => this.options.close() }, icon("close"));
    private readonly branding = h("p", { class: "branding" });
    private key = "";

    constructor(private readonly options: HomeOptions) {
        this.element = h(
            "section",
            { class: "view home", tabindex: -1 },
            h("div", { class: "greeting" }, this.top, this.title, this.tagline),
            h("div", { class: "cards" }, this.past, this.way, h("p", { class: "promise" }, icon("mail"), this.promise)),
            this.branding,
        );
    }

    /** With a mouse the focus stays on the page as a whole: no button need look pressed. */
    focus(byKeyboard: boolean): void {
        if (byKeyboard) this.way.focus();
        else this.element.focus();
    }

    draw(): void {
        const { config, thread } = this.options;
        const settings = this.options.settings();
        const { here, text } = expectation(config, Date.now());
        const last = thread.last;
        const key = JSON.stringify([settings, here, text, last?.id, last?.content, thread.unread, thread.members.length, words.sendUs, this.options.address(), thread.loaded]);
        if (key === this.key) return;
        this.key = key;

        const faces = thread.members.slice(0, 4).map((m) => avatar(senderName(m), m.avatar_url || m.thumbnail, "large"));
        const logo = config.avatarUrl ? avatar(config.websiteName, config.avatarUrl, "large") : h("strong", { class: "site", dir: "auto" }, config.websiteName);
        arrange(this.top, [logo, h("div", { class: "faces" }, ...faces), this.closeButton]);
        this.closeButton.setAttribute("aria-label", words.close);
        this.title.textContent = settings.welcomeTitle || config.welcomeTitle || words.greeting;
        this.tagline.textContent = settings.welcomeDescription || config.welcomeTagline || words.tagline;
        this.way.replaceChildren(
            h("span", { class: "way-words" }, h("strong", {}, words.sendUs), h("span", { class: here ? "expect here" : "expect" }, (here ? settings.availableMessage : settings.unavailableMessage) || text)),
            h("span", { class: "way-arrow" }, icon("arrow")),
        );
        // Email is only promised outright to a visitor who can be reached by it, and not mentioned where none can be sent.
        this.promise.textContent = this.options.address() !== undefined ? words.awayEmail : words.mayLeave;
        (this.promise.parentElement as HTMLElement).hidden = config.canEmail === false;
        this.branding.textContent = config.disableBranding ? "" : words.branding;
        this.drawPast();
    }

    private drawPast(): void {
        const { thread } = this.options;
        const last = thread.last;
        this.past.hidden = !last;
        if (!last) return;
        const unread = thread.unread;
        const who = isOwn(last) ? words.you : senderName(last.sender) || this.options.config.websiteName;
        const said = last.content || last.attachments?.map((a) => a.file_name || words.picture).join(", ") || "";
        const partner = thread.partner;
        this.past.className = unread ? "card earlier unread" : "card earlier";
        this.past.replaceChildren(
            h("span", { class: "earlier-title" }, words.conversation),
            h(
                "span",
                { class: "earlier-line" },
                avatar(isOwn(last) ? (partner?.name ?? this.options.config.websiteName) : who, isOwn(last) ? partner?.avatar : last.sender?.avatar_url),
                h("span", { class: "earlier-words" }, h("strong", { dir: "auto" }, who), h("span", { class: "preview", dir: "auto" }, said)),
                h("span", { class: "earlier-side" }, h("time", {}, shortTime(last.created_at)), unread ? h("span", { class: "dot", role: "img", "aria-label": words.fresh }) : null),
            ),
        );
    }
}
