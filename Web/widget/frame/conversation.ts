import type { Config } from "./config";
import { avatar } from "./avatar";
import type { BeforeChat } from "./before-chat";
import { BeforeForm } from "./before-form";
import { BubbleActions, BubbleView } from "./bubble";
import { Composer, ComposerOptions } from "./composer";
import { dayName } from "./dates";
import { arrange, h, icon } from "./dom";
import { expectation } from "./hours";
import { Menu } from "./menu";
import type { Outbox } from "./outbox";
import type { Reach } from "./reach";
import { ReachCard } from "./reach-card";
import { Seen } from "./seen";
import type { Thread } from "./thread";
import { Item, newestOwnKey, timeline } from "./timeline";
import { fill, words } from "./words";

export interface ConversationOptions {
    config: Config;
    thread: Thread;
    outbox: Outbox;
    reach: Reach;
    before: BeforeChat;
    composer: ComposerOptions;
    isLooking: () => boolean;
    seen: (id: number) => void;
    older: () => Promise<void>;
    answer: BubbleActions["answer"];
    postback: BubbleActions["postback"];
    /** Whether the website lets its visitors end a conversation. */
    mayEnd: boolean;
    end: () => Promise<unknown>;
    transcript: () => Promise<unknown>;
    back: () => void;
    close: () => void;
    popout: (() => void) | null;
}

/** The conversation: header, messages, the email card, and the field of writing. */
export class ConversationView {
    readonly element = h("section", { class: "view conversation" });
    private readonly head = h("header", { class: "head" });
    private readonly scroller = h("div", { class: "scroller", tabindex: 0 });
    private readonly log = h("div", { class: "log", role: "log", "aria-live": "off" });
    private readonly typing = h("div", { class: "row theirs typing last", hidden: true });
    private readonly typingSaid = h("div", { class: "said", role: "status" });
    private readonly jump = h("button", { type: "button", class: "jump", hidden: true });
    private readonly foot = h("div", { class: "foot" });
    private readonly composer: Composer;
    private readonly menu: Menu;
    private readonly card: ReachCard;
    private readonly form: BeforeForm;
    /** The form was to be in focus before it stood there. */
    private awaited = false;
    private readonly watcher: Seen;
    private readonly bubbles = new Map<string, BubbleView>();
    private readonly lines = new Map<string, HTMLElement>();
    private reachAfter: string | null = null;
    private newFrom: number | null = null;
    private loadingOlder = false;
    private newest = "";

    constructor(private readonly options: ConversationOptions) {
        const { reach } = options;
        this.composer = new Composer(options.composer);
        this.menu = new Menu(options);
        this.card = new ReachCard(reach, (moveFocus) => moveFocus && this.composer.focus());
        const greeting = options.config.preChatFormOptions?.pre_chat_message ?? "";
        this.form = new BeforeForm(options.before, greeting, () => {
            this.drawForm();
            this.composer.focus();
            options.outbox.retry();
        });
        this.watcher = new Seen(this.scroller, options.isLooking, options.seen);
        this.scroller.append(this.log, this.form.element, this.typing);
        this.jump.addEventListener("click", () => this.toEnd(true));
        this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
        this.element.append(this.head, h("div", { class: "middle" }, this.scroller, this.jump), this.typingSaid, this.composer.element, this.foot);
        this.element.addEventListener("dragover", (event) => event.preventDefault());
        this.element.addEventListener("drop", (event) => {
            event.preventDefault();
            const files = [...(event.dataTransfer?.files ?? [])];
            if (files.length && options.composer.files) this.composer.addFiles(files);
        });
        // The keyboard of a phone, or a growing field, must not push the end out of sight.
        new ResizeObserver(() => this.stick && this.toEnd(false)).observe(this.scroller);
    }

    private stick = true;

    focus(): void {
        const { before } = this.options;
        this.awaited = before.blocks && !before.due;
        if (before.due) this.form.focus();
        else this.composer.focus();
    }

    /** After the widget was opened or closed. */
    looked(): void {
        this.watcher.restart();
    }

    /** Where the "New" line goes: above the first unread message at the moment of opening. */
    markNew(): void {
        const first = this.options.thread.messages.find((m) => this.options.thread.isUnread(m));
        this.newFrom = first?.id ?? null;
    }

    askReachAtEnd(): void {
        this.reachAfter = newestOwnKey(this.options.thread, this.options.outbox.pending);
    }

    focusReach(): void {
        this.card.focus();
        this.card.element.scrollIntoView({ block: "nearest" });
    }

    draw(): void {
        const { thread, outbox, reach, config } = this.options;
        this.menu.draw();
        this.drawHead();
        this.composer.draw();
        this.drawForm();
        this.drawFoot();

        if (!reach.asks) this.reachAfter = null;
        else if (this.reachAfter === null) this.reachAfter = newestOwnKey(thread, outbox.pending);
        const items = timeline(thread, outbox.pending, config.websiteName, this.newFrom, this.reachAfter);
        const nodes = items.map((item) => this.node(item));
        if (!thread.loaded && !items.length) nodes.push(this.line("wait", () => h("div", { class: "wait" }, h("i"), h("i"), h("i"))));
        else if (!items.length && !this.options.before.blocks) nodes.push(this.empty());
        const height = this.scroller.scrollHeight;
        const top = this.scroller.scrollTop;
        arrange(this.log, nodes);
        this.drawTyping();

        const last = items.filter((i) => i.kind === "bubble").pop();
        const grown = last && last.key !== this.newest;
        this.newest = last?.key ?? "";
        if (this.loadingOlder) this.scroller.scrollTop = top + this.scroller.scrollHeight - height;
        else if (this.stick || (grown && last.kind === "bubble" && last.bubble.own)) this.toEnd(false);
        else if (grown) this.showJump(true);
        this.forget(items);
        // Only what comes after the first drawing is news to a screen reader.
        if (thread.loaded && this.log.getAttribute("aria-live") === "off") setTimeout(() => this.log.setAttribute("aria-live", "polite"), 500);
    }

    private drawForm(): void {
        const { before } = this.options;
        this.composer.element.hidden = before.blocks;
        this.form.element.hidden = !before.due;
        if (!before.due) return;
        this.form.draw();
        if (this.awaited) this.focus();
    }

    toEnd(smoothly: boolean): void {
        this.stick = true;
        this.showJump(false);
        this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smoothly ? "smooth" : "auto" });
    }

    private node(item: Item): HTMLElement {
        switch (item.kind) {
            case "day":
                return this.line(item.key + words.today, () => h("div", { class: "day" }, h("span", {}, dayName(item.at))));
            case "new":
                return this.line("new" + words.fresh, () => h("div", { class: "day new" }, h("span", {}, words.fresh)));
            case "closed":
                return this.line("closed" + words.closed, () => h("div", { class: "closed" }, words.closed));
            case "reach":
                this.card.draw();
                return this.card.element;
            case "bubble": {
                let view = this.bubbles.get(item.key);
                if (!view) {
                    view = new BubbleView({ retry: (key) => this.options.outbox.retry(key), answer: this.options.answer, postback: this.options.postback });
                    this.bubbles.set(item.key, view);
                }
                view.update(item.bubble);
                if (item.watch && item.bubble.id !== null) this.watcher.watch(view.element, item.bubble.id);
                return view.element;
            }
        }
    }

    private line(key: string, make: () => HTMLElement): HTMLElement {
        let element = this.lines.get(key);
        if (!element) this.lines.set(key, (element = make()));
        return element;
    }

    private forget(items: Item[]): void {
        const kept = new Set(items.map((i) => i.key));
        for (const key of this.bubbles.keys()) if (!kept.has(key)) this.bubbles.delete(key);
    }

    private empty(): HTMLElement {
        const { config } = this.options;
        return this.line("empty" + words.start, () => h("div", { class: "empty" }, avatar(config.websiteName, config.avatarUrl, "large"), h("p", {}, words.start)));
    }

    private drawHead(): void {
        const { config, thread, back, close, popout } = this.options;
        const partner = thread.partner;
        const { here, text } = expectation(config, Date.now());
        const backButton = h("button", { type: "button", class: "round quiet", "aria-label": words.back, title: words.back, onClick: back }, icon("back"));
        const closeButton = h("button", { type: "button", class: "round quiet close", "aria-label": words.close, title: words.close, onClick: close }, icon("close"));
        const popoutButton = popout && h("button", { type: "button", class: "round quiet popout", "aria-label": words.newWindow, title: words.newWindow, onClick: popout }, icon("popout"));
        const key = JSON.stringify([partner, here, text, words.back]);
        if (this.head.dataset.key === key) return;
        this.head.dataset.key = key;
        this.head.replaceChildren(
            backButton,
            avatar(partner?.name || config.websiteName, partner?.avatar || config.avatarUrl),
            h("div", { class: "head-words" }, h("h1", { dir: "auto" }, partner?.name || config.websiteName), h("p", {}, text)),
            this.menu.element,
            ...(popoutButton ? [popoutButton] : []),
            closeButton,
        );
    }

    private drawFoot(): void {
        const { reach } = this.options;
        const address = reach.address;
        const offline = !navigator.onLine;
        const key = JSON.stringify([address, offline, reach.changing, words.change]);
        if (this.foot.dataset.key === key) return;
        this.foot.dataset.key = key;
        this.foot.hidden = !offline && (address === undefined || reach.changing);
        if (offline) {
            this.foot.replaceChildren(words.offline);
            return;
        }
        const [before = "", after = ""] = words.repliesTo.split("{address}");
        const change = h("button", { type: "button", class: "link", onClick: () => this.changeAddress() }, words.change);
        this.foot.replaceChildren(h("span", {}, before, h("bdi", {}, address ?? words.yourEmail), after), h("span", { "aria-hidden": "true" }, " · "), change);
    }

    private changeAddress(): void {
        this.card.reset();
        this.askReachAtEnd();
        this.options.reach.change();
        this.toEnd(false);
        this.focusReach();
    }

    private drawTyping(): void {
        const { typing, partner } = this.options.thread;
        const on = typing !== null;
        if (on && this.typing.hidden) {
            this.typing.replaceChildren(
                h("div", { class: "side" }, avatar(typing.name, partner?.name === typing.name ? partner.avatar : null)),
                h("div", { class: "bubble dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
            );
        }
        this.typing.hidden = !on;
        const said = on ? fill(words.typing, { name: typing.name }) : "";
        if (this.typingSaid.textContent !== said) this.typingSaid.textContent = said;
    }

    private scrolled(): void {
        const { scrollTop, scrollHeight, clientHeight } = this.scroller;
        this.stick = scrollHeight - scrollTop - clientHeight < 60;
        this.showJump(!this.stick && (!this.jump.hidden || scrollHeight - scrollTop - clientHeight > 400));
        const { thread } = this.options;
        if (scrollTop < 80 && thread.loaded && !thread.complete && !this.loadingOlder && this.log.childElementCount) void this.loadOlder();
    }

    private async loadOlder(): Promise<void> {
        this.loadingOlder = true;
        this.log.setAttribute("aria-busy", "true");
        try {
            await this.options.older();
            this.draw();
        } finally {
            this.loadingOlder = false;
            this.log.removeAttribute("aria-busy");
        }
    }

    private showJump(show: boolean): void {
        this.jump.hidden = !show;
        if (show && !this.jump.childElementCount) this.jump.append(icon("down"));
        this.jump.setAttribute("aria-label", words.latest);
    }
}
