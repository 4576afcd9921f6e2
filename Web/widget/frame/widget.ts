import { DEFAULT_COLOUR } from "../shared/colour";
import type { FrameStart, ToFrame } from "../shared/protocol";
import { API, Contact, Conversation, Member, Message } from "./api";
import type { Bridge } from "./bridge";
import type { Config } from "./config";
import { ConversationView } from "./conversation";
import { h } from "./dom";
import { HomeView } from "./home";
import { Outbox, sessionName } from "./outbox";
import { Presence } from "./presence";
import { Reach } from "./reach";
import { Stream } from "./stream";
import { applyTheme, launcherColours } from "./theme";
import { isShown, senderName, Thread } from "./thread";
import { chooseLanguage, language, words } from "./words";

/** Without an answer and without an address, the email question returns after this long, in milliseconds. */
const ASK_AGAIN = 40_000;
/** Agents' clients repeat "typing" while it lasts; without a word for this long it is over. */
const TYPING_LASTS = 30_000;
/** A conversation as fresh as this opens at once, without the home page, in seconds. */
const FRESH = 86_400;

/** Puts the parts together: what comes in goes into the thread, every change redraws what differs. */
export class Widget {
    readonly element = h("main", { class: "widget" });
    private readonly thread = new Thread();
    private readonly api: API;
    private readonly bridge: Bridge;
    private readonly outbox: Outbox;
    private readonly reach: Reach;
    private readonly presence: Presence;
    private readonly stream: Stream;
    private readonly home: HomeView;
    private readonly conversation: ConversationView;
    private view: "home" | "conversation" = "home";
    private open: boolean;
    private page: string;
    private drawing = false;
    private askAgainTimer = 0;
    private typingTimer = 0;
    private toldUnread = -1;
    private toldPending = -1;

    constructor(
        private readonly config: Config,
        private readonly start: FrameStart,
        connect: (handle: (message: ToFrame) => void) => Bridge,
    ) {
        this.open = start.open;
        this.page = start.page;
        this.api = new API(config.websiteToken, config.authToken);
        this.bridge = connect((message) => this.fromPage(message));
        const redraw = () => this.redraw();
        this.outbox = new Outbox(this.api, () => this.page, () => this.thread.conversation !== null, {
            changed: redraw,
            sent: (message) => this.arrived(message),
            began: (conversation) => this.began(conversation),
        });
        this.reach = new Reach(this.api, this.thread, config.canEmail !== false, redraw);
        this.presence = new Presence(this.api, () => this.open);
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
            composer: {
                draftKey: "draft." + sessionName(config.authToken),
                files: start.settings.enableFileUpload !== false && has(config, "attachments"),
                emoji: start.settings.enableEmojiPicker !== false && has(config, "emoji_picker"),
                send: (text, files) => this.send(text, files),
                typing: (on) => this.typing(on),
            },
            isLooking: () => this.looking,
            seen: (id) => this.seen(id),
            older: () => this.loadOlder(),
            back: () => this.show("home"),
            close,
            popout,
        });
        this.stream = new Stream(config.pubsubToken, this.events(), (up) => up && this.presence.tell(true));
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
        await this.load();
        const last = this.thread.last;
        const fresh = last && this.thread.conversation?.status !== "resolved" && Date.now() / 1000 - last.created_at < FRESH;
        this.conversation.markNew();
        if (this.view === "home" && (fresh || this.thread.unread)) this.show("conversation");
        void this.outbox.flush();
    }

    private get looking(): boolean {
        return this.open && this.view === "conversation" && document.visibilityState === "visible";
    }

    private async load(): Promise<void> {
        const skip = () => undefined;
        const members = this.api.get<{ payload?: Member[] }>("inbox_members").catch(skip);
        const contact = this.api.get<Contact>("contact").catch(skip);
        for (let pause = 1000; ; pause = Math.min(pause * 2, 15000)) {
            try {
                const [conversation, messages] = await Promise.all([this.api.get<Conversation>("conversations"), this.api.get<MessageList>("messages")]);
                if (conversation.id) this.thread.conversation = conversation;
                this.thread.read(conversation.contact_last_seen_at);
                this.take(messages);
                break;
            } catch {
                await new Promise((resolve) => setTimeout(resolve, pause));
            }
        }
        this.thread.loaded = true;
        this.redraw();
        this.thread.members = (await members)?.payload ?? [];
        this.thread.contact = (await contact) ?? { id: 0 };
        this.redraw();
        this.planAskAgain();
    }

    private take(list: MessageList): void {
        const payload = list.payload ?? [];
        for (const message of payload) this.thread.add(normal(message));
        this.thread.read(list.meta?.contact_last_seen_at);
        if (payload.length < 20) this.thread.complete = true;
        for (const entry of [...this.outbox.pending]) if (this.thread.hasEcho(entry.echo)) this.outbox.confirmed(entry.echo);
    }

    private async loadOlder(): Promise<void> {
        const before = this.thread.oldest;
        if (before === undefined) return;
        this.take(await this.api.get<MessageList>("messages?before=" + before));
    }

    private events(): Record<string, (data: any) => void> {
        const message = (data: Message) => {
            const fresh = this.arrived(normal(data), true);
            if (fresh && data.message_type === 1) this.stopTyping();
            if (fresh && isShown(data) && data.message_type !== 0) this.bridge.tell({ type: "message", message: data });
        };
        const status = (data: Conversation) => {
            if (this.thread.conversation && data.id === this.thread.conversation.id) this.thread.conversation = { ...this.thread.conversation, status: data.status };
            this.thread.read(data.contact_last_seen_at);
            this.redraw();
        };
        return {
            "message.created": message,
            "message.updated": message,
            "conversation.created": status,
            "conversation.status_changed": status,
            "conversation.typing_on": (data) => this.agentTypes(data),
            "conversation.typing_off": () => this.stopTyping(),
            "stream.reset": () => {
                this.thread.clear();
                void this.load();
            },
        };
    }

    private arrived(message: Message, live = false): boolean {
        const fresh = this.thread.add(message, live);
        if (message.conversation_id && !this.thread.conversation) this.thread.conversation = { id: message.conversation_id, status: "open" };
        if (message.message_type === 0 && this.thread.conversation?.status === "resolved" && fresh) this.thread.conversation.status = "open";
        if (message.message_type === 1) clearTimeout(this.askAgainTimer);
        else this.planAskAgain();
        if (message.echo_id) this.outbox.confirmed(message.echo_id);
        this.redraw();
        return fresh;
    }

    private began(conversation: Conversation): void {
        this.thread.conversation = { id: conversation.id, status: conversation.status ?? "open" };
        for (const message of conversation.messages ?? []) this.thread.add(normal(message));
        this.bridge.tell({ type: "started" });
    }

    private send(text: string, files: File[]): void {
        this.outbox.add(text, files);
    }

    private planAskAgain(): void {
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

    private agentTypes(data: { user?: { name?: string; type?: string }; is_private?: boolean }): void {
        if (data.is_private || data.user?.type === "contact") return;
        this.thread.typing = { name: senderName(data.user) || this.config.websiteName, until: 0 };
        clearTimeout(this.typingTimer);
        this.typingTimer = window.setTimeout(() => this.stopTyping(), TYPING_LASTS);
        this.redraw();
    }

    private stopTyping(): void {
        clearTimeout(this.typingTimer);
        this.thread.typing = null;
        this.redraw();
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
                break;
            case "settings":
                Object.assign(this.start.settings, message.settings);
                applyTheme(this.start.settings.darkMode ?? "auto", this.config.widgetColor || DEFAULT_COLOUR);
                void chooseLanguage(this.start.settings.locale, this.start.settings.useBrowserLanguage, this.config.locale).then(() => this.redraw());
                break;
            case "contact":
                this.api
                    .get<Contact>("contact")
                    .then((contact) => {
                        this.thread.contact = contact;
                        this.redraw();
                    })
                    .catch(() => undefined);
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

interface MessageList {
    payload?: Message[];
    meta?: { contact_last_seen_at?: number };
}

function has(config: Config, feature: string): boolean {
    return !config.enabledFeatures || config.enabledFeatures.includes(feature);
}

/** Events and answers differ in small things: times as ISO text, types by name. */
function normal(message: Message): Message {
    const names = ["incoming", "outgoing", "activity", "template"];
    const type: unknown = message.message_type;
    const at: unknown = message.created_at;
    return {
        ...message,
        message_type: typeof type === "string" ? names.indexOf(type) : (type as number),
        created_at: typeof at === "string" ? Date.parse(at) / 1000 : (at as number),
    };
}
