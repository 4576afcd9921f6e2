import { DEFAULT_COLOUR } from "../shared/colour";
import type { FrameStart, ToFrame } from "../shared/protocol";
import { API } from "./api";
import { BeforeChat } from "./before-chat";
import type { Bridge } from "./bridge";
import type { Config } from "./config";
import { ConversationView } from "./conversation";
import { h } from "./dom";
import { Feed } from "./feed";
import { HomeView } from "./home";
import { Outbox, sessionName } from "./outbox";
import { Presence } from "./presence";
import { Reach } from "./reach";
import { Stream } from "./stream";
import { applyTheme, launcherColours } from "./theme";
import { Thread } from "./thread";
import { chooseLanguage, language, words } from "./words";

/** Without an answer and without an address, the email question returns after this long, in milliseconds. */
const ASK_AGAIN = 40_000;
/** A conversation as fresh as this opens at once, without the home page, in seconds. */
const FRESH = 86_400;

/** Puts the parts together: the feed fills the thread, every change redraws what differs, and the page is told what it must know. */
export class Widget {
    readonly element = h("main", { class: "widget" });
    private readonly thread = new Thread();
    private readonly api: API;
    private readonly bridge: Bridge;
    private readonly feed: Feed;
    private readonly outbox: Outbox;
    private readonly reach: Reach;
    private readonly presence: Presence;
    private readonly stream: Stream;
    private readonly home: HomeView;
    private readonly conversation: ConversationView;
    private view: "home" | "conversation" = "home";
    private open: boolean;
    private page: string;
    private title: string;
    private drawing = false;
    private askAgainTimer = 0;
    private toldUnread = -1;
    private toldPending = -1;

    constructor(
        private readonly config: Config,
        private readonly start: FrameStart,
        connect: (handle: (message: ToFrame) => void) => Bridge,
    ) {
        this.open = start.open;
        this.page = start.page;
        this.title = start.title;
        this.api = new API(config.websiteToken, config.authToken);
        this.bridge = connect((message) => this.fromPage(message));
        const redraw = () => this.redraw();
        const before = new BeforeChat(config, this.api, this.thread, redraw);
        this.outbox = new Outbox(this.api, () => this.page, () => this.thread.conversation !== null, before, {
            changed: redraw,
            sent: (message) => this.feed.arrived(message),
            began: (conversation) => {
                this.feed.began(conversation);
                this.bridge.tell({ type: "started" });
            },
        });
        this.feed = new Feed({
            api: this.api,
            thread: this.thread,
            siteName: config.websiteName,
            changed: () => {
                this.planAskAgain();
                this.redraw();
            },
            confirmed: (echo) => this.outbox.confirmed(echo),
            news: (message) => this.bridge.tell({ type: "message", message }),
        });
        this.reach = new Reach(this.api, this.thread, config.canEmail !== false, redraw);
        this.presence = new Presence(this.api, () => this.open, () => ({ page: this.page, title: this.title }));
        const close = () => this.bridge.tell({ type: "close" });
        const popout = start.settings.showPopoutButton && !this.bridge.alone ? () => this.bridge.tell({ type: "popout" }) : null;
        this.home = new HomeView({
            config,
            settings: () => this.start.settings,
            thread: this.thread,
            address: () => this.reach.address,
            open: () => this.show("conversation"),
            close,
        });
        this.conversation = new ConversationView({
            config,
            thread: this.thread,
            outbox: this.outbox,
            reach: this.reach,
            before,
            composer: {
                draftKey: "draft." + sessionName(config.authToken),
                files: start.settings.enableFileUpload !== false && has(config, "attachments"),
                emoji: start.settings.enableEmojiPicker !== false && has(config, "emoji_picker"),
                send: (text, files) => this.outbox.add(text, files),
                typing: (on) => this.typing(on),
            },
            isLooking: () => this.looking,
            seen: (id) => this.seen(id),
            older: () => this.feed.loadOlder(),
            answer: (message, submitted_values) => this.api.call("PATCH", `messages/${message}`, { message: { submitted_values } }),
            postback: (payload) => this.bridge.tell({ type: "postback", data: { payload } }),
            mayEnd: start.settings.enableEndConversation !== false && has(config, "end_conversation"),
            end: () => this.api.call("GET", "conversations/toggle_status"),
            transcript: () => this.api.call("POST", "conversations/transcript", {}),
            back: () => this.show("home"),
            close,
            popout,
        });
        this.stream = new Stream(config.pubsubToken, this.feed.events(), (up) => up && this.presence.tell(true));
        document.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && !event.defaultPrevented) close();
        });
        for (const name of ["online", "offline"]) window.addEventListener(name, redraw);
        document.documentElement.classList.toggle("alone", this.bridge.alone);
    }

    async begin(): Promise<void> {
        this.element.append(this.home.element, this.conversation.element);
        this.show("home", false);
        this.bridge.tell({ type: "ready", authToken: this.config.authToken, ...launcherColours, locale: language });
        // The stream first: nothing can then fall between loading and listening.
        this.stream.start();
        this.presence.tell();
        this.focus();
        const busy = this.outbox.pending.length > 0;
        if (busy) this.show("conversation");
        await this.feed.load();
        const last = this.thread.last;
        const fresh = last && this.thread.conversation?.status !== "resolved" && Date.now() / 1000 - last.created_at < FRESH;
        this.conversation.markNew();
        if (this.view === "home" && (fresh || this.thread.unread)) this.show("conversation");
        void this.outbox.flush();
    }

    private get looking(): boolean {
        return this.open && this.view === "conversation" && document.visibilityState === "visible";
    }

    private planAskAgain(): void {
        if (this.thread.hasAgentAnswer) clearTimeout(this.askAgainTimer);
        const wrote = this.thread.messages.some((m) => m.message_type === 0);
        if (!wrote || this.thread.hasAgentAnswer || !this.reach.possible || this.askAgainTimer) return;
        this.askAgainTimer = window.setTimeout(() => {
            this.askAgainTimer = 0;
            if (this.thread.hasAgentAnswer || !this.reach.possible) return;
            this.conversation.askReachAtEnd();
            this.reach.askAgain();
        }, ASK_AGAIN);
    }

    private typing(on: boolean): void {
        if (!this.thread.conversation) return;
        this.api.call("POST", "conversations/toggle_typing", { typing_status: on ? "on" : "off" }, 10).catch(() => undefined);
    }

    private seen(id: number): void {
        if (!this.thread.seen(id)) return;
        this.redraw();
        this.api.call("POST", "conversations/update_last_seen", { message_id: id }, 10, true).catch(() => undefined);
    }

    private fromPage(message: ToFrame): void {
        switch (message.type) {
            case "open":
                this.open = true;
                this.presence.tell();
                this.conversation.markNew();
                if (this.thread.unread) this.show("conversation");
                this.conversation.looked();
                this.redraw();
                this.focus(message.byKeyboard);
                break;
            case "close":
                (document.activeElement as HTMLElement | null)?.blur();
                this.open = false;
                this.presence.tell();
                this.conversation.looked();
                break;
            case "page":
                this.page = message.page;
                this.title = message.title;
                this.presence.tell();
                break;
            case "settings":
                Object.assign(this.start.settings, message.settings);
                applyTheme(this.start.settings.darkMode ?? "auto", this.config.widgetColor || DEFAULT_COLOUR);
                void chooseLanguage(this.start.settings.locale, this.start.settings.useBrowserLanguage, this.config.locale).then(() => this.redraw());
                break;
            case "contact":
                this.feed.loadContact().catch(() => undefined);
                break;
        }
    }

    private show(view: "home" | "conversation", focus = true): void {
        const changed = this.view !== view;
        this.view = view;
        this.element.dataset.view = view;
        this.home.element.inert = view !== "home";
        this.conversation.element.inert = view !== "conversation";
        this.draw();
        if (changed && view === "conversation") {
            this.conversation.toEnd(false);
            this.conversation.looked();
        }
        if (focus) this.focus();
    }

    private focus(byKeyboard = false): void {
        if (!this.open) return;
        if (this.view === "home") this.home.focus(byKeyboard);
        else this.conversation.focus();
    }

    /** Many changes in one turn are drawn once. */
    private redraw(): void {
        if (this.drawing) return;
        this.drawing = true;
        queueMicrotask(() => {
            this.drawing = false;
            this.draw();
        });
    }

    private draw(): void {
        this.home.draw();
        this.conversation.draw();
        this.element.setAttribute("aria-label", this.config.websiteName || words.message);
        const { unread } = this.thread;
        if (unread !== this.toldUnread && this.thread.loaded) this.bridge.tell({ type: "unread", count: (this.toldUnread = unread) });
        const pending = this.outbox.pending.length;
        if (pending !== this.toldPending) this.bridge.tell({ type: "pending", count: (this.toldPending = pending) });
    }
}

function has(config: Config, feature: string): boolean {
    return !config.enabledFeatures || config.enabledFeatures.includes(feature);
}
