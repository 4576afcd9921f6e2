import { DEFAULT_COLOUR } from "../shared/colour";
import type { FrameStart, ToPage } from "../shared/protocol";
import { remember } from "./cookies";
import { Frame, frameAddress } from "./frame";
import { Identity } from "./identity";
import { Launcher } from "./launcher";
import { Session } from "./session";
import { forFrame, readSettings } from "./settings";
import { Glimpse, UnreadWatch } from "./unread";
import { chooseWords } from "./words";

/** Builds `window.$chatwoot`, with the names and the meaning of Chatwoot's. */
export function install({ websiteToken, baseUrl }: { websiteToken: string; baseUrl: string }): void {
    if ((window as any).$chatwoot) return;
    if (!document.body) {
        document.addEventListener("DOMContentLoaded", () => install({ websiteToken, baseUrl }), { once: true });
        return;
    }
    const base = (baseUrl || location.origin).replace(/\/+$/, "");
    const settings = readSettings();
    const session = new Session(base, websiteToken, settings.baseDomain);
    let locale = settings.useBrowserLanguage ? undefined : settings.locale;
    chooseWords(locale);

    const tell = (name: string, detail?: unknown) => window.dispatchEvent(new CustomEvent("chatwoot:" + name, { detail }));
    const failed = (error: unknown) => tell("error", { message: error instanceof Error ? error.message : String(error) });

    const launcher = new Launcher({
        position: settings.position === "left" ? "left" : "right",
        label: settings.type === "expanded_bubble" ? settings.launcherTitle || "Chat with us" : "",
        hidden: settings.hideMessageBubble === true,
        flat: settings.widgetStyle === "flat",
        dark: settings.darkMode ?? "auto",
        onToggle: () => toggle(),
        onPeek: () => toggle("open"),
    });
    const colourKey = "colour." + websiteToken;
    launcher.colour(settings.widgetColor || remember(colourKey) || DEFAULT_COLOUR);

    let watch: UnreadWatch | null = null;
    const frame = new Frame(base, fromFrame);

    function loadFrame(): void {
        watch?.stop();
        watch = null;
        const start: FrameStart = { origin: location.origin, page: location.href, open: $chatwoot.isOpen, settings: forFrame({ ...settings, locale }) };
        frame.load(launcher.panel, websiteToken, session.token, start);
    }

    function toggle(state?: "open" | "close"): void {
        const open = state ? state === "open" : !$chatwoot.isOpen;
        if (open === $chatwoot.isOpen) return;
        $chatwoot.isOpen = open;
        launcher.setOpen(open);
        if (open) {
            if (!frame.exists) loadFrame();
            else frame.send({ type: "page", page: location.href });
            frame.send({ type: "open" });
            frame.focus();
        } else {
            frame.send({ type: "close" });
            launcher.focus();
        }
        tell(open ? "opened" : "closed");
    }

    function fromFrame(message: ToPage): void {
        switch (message.type) {
            case "ready":
                session.token = message.authToken;
                remember(colourKey, message.color);
                launcher.colour(message.color);
                chooseWords(locale ?? message.locale);
                launcher.ready();
                launcher.name();
                if ($chatwoot.isOpen) frame.focus();
                break;
            case "close":
                toggle("close");
                break;
            case "popout":
                $chatwoot.popoutChatWindow();
                break;
            case "unread":
                launcher.setUnread(message.count);
                break;
            case "pending":
                remember("pending." + websiteToken, message.count ? String(message.count) : null);
                break;
            case "message":
                onMessage(message.message as Glimpse);
                break;
            case "started":
                tell("on-start-conversation", { hasConversation: false });
                break;
            case "postback":
                tell("postback", message.data);
                break;
        }
    }

    function onMessage(message: Glimpse): void {
        tell("on-message", message);
        if (message.message_type === 1) peek(message);
    }

    function peek(message: Glimpse): void {
        if (settings.showUnreadMessagesDialog === false || $chatwoot.isOpen || !message.content) return;
        launcher.showPeek(message.sender?.available_name || message.sender?.name || "", message.content);
    }

    /** For visitors who have been here: unread answers, and the stream that tells agents that the page is open. */
    function watchUnread(): void {
        if (!session.token || frame.exists) return;
        if (remember("pending." + websiteToken)) {
            loadFrame();
            return;
        }
        let first = true;
        watch = new UnreadWatch(
            session,
            (count, latest) => {
                launcher.setUnread(count);
                if (first && count && latest) peek(latest);
                first = false;
            },
            onMessage,
        );
        watch.start().catch(failed);
    }

    /** The session became another one: whoever shows it begins anew. */
    function sessionChanged(): void {
        if (frame.exists) loadFrame();
        else {
            watch?.stop();
            watch = null;
            launcher.setUnread(0);
            watchUnread();
        }
    }

    const identity = new Identity(session, sessionChanged, () => frame.send({ type: "contact" }), failed);

    const $chatwoot = {
        baseUrl: base,
        websiteToken,
        hasLoaded: true,
        isOpen: false,
        position: settings.position ?? "right",
        locale: settings.locale,
        get user() {
            return identity.user;
        },
        toggle,
        toggleBubbleVisibility: (state: "show" | "hide") => launcher.show(state !== "hide"),
        popoutChatWindow(): void {
            toggle("close");
            const address = frameAddress(base, websiteToken, session.token);
            window.open(address, "throughline-chat", "width=420,height=720,resizable=yes");
        },
        setUser: identity.setUser,
        setCustomAttributes: identity.setCustomAttributes,
        deleteCustomAttribute: identity.deleteCustomAttribute,
        setConversationCustomAttributes: identity.setConversationCustomAttributes,
        deleteConversationCustomAttribute: identity.deleteConversationCustomAttribute,
        setLabel: identity.setLabel,
        removeLabel: identity.removeLabel,
        setLocale(next: string): void {
            locale = next;
            $chatwoot.locale = next;
            chooseWords(next);
            launcher.name();
            frame.send({ type: "settings", settings: { locale: next, useBrowserLanguage: false } });
        },
        setColorScheme(next: string): void {
            settings.darkMode = next;
            launcher.scheme(next);
            frame.send({ type: "settings", settings: { darkMode: next } });
        },
        reset(): void {
            toggle("close");
            frame.drop();
            session.forget();
            identity.forget();
            remember("pending." + websiteToken, null);
            sessionChanged();
        },
    };
    (window as any).$chatwoot = $chatwoot;
    watchUnread();
    tell("ready");
}
