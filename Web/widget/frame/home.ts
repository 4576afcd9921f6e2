import { avatar } from "./avatar";
import type { Config } from "./config";
import { shortTime } from "./dates";
import { h, icon } from "./dom";
import { expectation } from "./hours";
import type { FrameSettings } from "../shared/protocol";
import { isOwn, senderName, Thread } from "./thread";
import { fill, words } from "./words";

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
    readonly element = h("section", { class: "view home" });
    private readonly way = h("button", { type: "button", class: "card way", onClick: () => this.options.open() });
    private key = "";

    constructor(private readonly options: HomeOptions) {}

    focus(): void {
        this.way.focus();
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
        const closeButton = h("button", { type: "button", class: "round on-fill close", "aria-label": words.close, title: words.close, onClick: this.options.close }, icon("close"));
        // Email is only promised outright to a visitor who can be reached by it.
        const promise = this.options.address() !== undefined ? words.awayEmail : words.mayLeave;
        this.way.replaceChildren(
            h("span", { class: "way-words" }, h("strong", {}, words.sendUs), h("span", { class: here ? "expect here" : "expect" }, (here ? settings.availableMessage : settings.unavailableMessage) || text)),
            h("span", { class: "way-arrow" }, icon("arrow")),
        );
        this.element.replaceChildren(
            h(
                "div",
                { class: "greeting" },
                h("div", { class: "greeting-top" }, logo, h("div", { class: "faces" }, ...faces), closeButton),
                h("h1", { dir: "auto" }, settings.welcomeTitle || config.welcomeTitle || words.greeting),
                h("p", { dir: "auto" }, settings.welcomeDescription || config.welcomeTagline || words.tagline),
            ),
            h("div", { class: "cards" }, this.earlier(), this.way, h("p", { class: "promise" }, icon("mail"), h("span", {}, promise))),
            config.disableBranding ? "" : h("p", { class: "branding" }, words.branding),
        );
    }

    private earlier(): HTMLElement | null {
        const { thread } = this.options;
        const last = thread.last;
        if (!last) return null;
        const unread = thread.unread;
        const who = isOwn(last) ? words.you : senderName(last.sender) || this.options.config.websiteName;
        const said = last.content || last.attachments?.map((a) => a.file_name || words.picture).join(", ") || "";
        return h(
            "button",
            { type: "button", class: unread ? "card earlier unread" : "card earlier", onClick: () => this.options.open() },
            h("span", { class: "earlier-title" }, words.conversation),
            h(
                "span",
                { class: "earlier-line" },
                avatar(isOwn(last) ? (thread.partner?.name ?? this.options.config.websiteName) : who, isOwn(last) ? thread.partner?.avatar : last.sender?.avatar_url),
                h("span", { class: "earlier-words" }, h("strong", { dir: "auto" }, who), h("span", { class: "preview", dir: "auto" }, said)),
                h("span", { class: "earlier-side" }, h("time", {}, shortTime(last.created_at)), unread ? h("span", { class: "dot", role: "img", "aria-label": fill(words.fresh, {}) }) : null),
            ),
        );
    }
}
