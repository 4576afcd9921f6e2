import type { ToPage } from "../shared/protocol";
import { remember } from "./cookies";
import { makeFrame } from "./frame";
import { makeIdentity } from "./identity";
import { makeLauncher } from "./launcher";
import { here, makeSession } from "./session";
import { forFrame, readSettings } from "./settings";
import { Glimpse, watchUnread } from "./unread";
import { launcherWords } from "./words";

/** Builds `window.$chatwoot`, with the names and the meaning of Chatwoot's. */
export function install({ websiteToken, baseUrl }: { websiteToken: string; baseUrl: string }): void {
    if ((window as any).$chatwoot) return;
    if (!document.body) return addEventListener("DOMContentLoaded", () => install({ websiteToken, baseUrl }));
    const base = (baseUrl || location.origin).replace(/\/$/, "");
    const settings = readSettings();
    if (settings.useBrowserLanguage) delete settings.locale;
    const session = makeSession(base, websiteToken, settings.baseDomain);
    let words = launcherWords(settings.locale);

    const tell = (name: string, detail?: unknown) => dispatchEvent(new CustomEvent("chatwoot:" + name, { detail }));
    const failed = (error: unknown) => tell("error", { message: String(error) });

    const launcher = makeLauncher({
        left: settings.position === "left",
        label: settings.type === "expanded_bubble" ? settings.launcherTitle || words.name : "",
        hidden: !!settings.hideMessageBubble,
        flat: settings.widgetStyle === "flat",
        words: () => words,
        toggle: (event) => change(!$chatwoot.isOpen, !(event as UIEvent | undefined)?.detail),
    });
    launcher.scheme(settings.darkMode);
    const colourKey = "colour." + websiteToken;
    const pendingKey = "pending." + websiteToken;
    launcher.colours(remember(colourKey) || (settings.widgetColor || "#0074e1") + " #fff");

    let stopWatching: (() => void) | undefined;
    const frame = makeFrame(base, fromFrame);
    const identity = makeIdentity(session, sessionChanged, () => frame.send({ type: "contact" }), failed);

    function loadFrame(): void {
        stopWatching?.();
        launcher.ready(false);
        frame.load(launcher.panel, session.frameAddress(), { origin: location.origin, ...here(), open: $chatwoot.isOpen, settings: forFrame(settings) });
    }

    const toggle = (state?: "open" | "close") => change(state ? state === "open" : !$chatwoot.isOpen);

    function change(open: boolean, byKeyboard = false): void {
        if (open === $chatwoot.isOpen) return;
        $chatwoot.isOpen = open;
        launcher.setOpen(open);
        if (open) {
            if (!frame.exists()) loadFrame();
            frame.send({ type: "page", ...here() });
            frame.focus();
        } else launcher.focus();
        frame.send({ type: open ? "open" : "close", byKeyboard });
        tell(open ? "opened" : "closed");
    }

    function speak(locale: string): void {
        words = launcherWords(locale);
        launcher.name();
    }

    function fromFrame(message: ToPage): void {
        switch (message.type) {
            case "ready":
                session.setToken(message.authToken);
                launcher.colours(remember(colourKey, message.fill + " " + message.on));
                launcher.ready(true);
                speak(message.locale);
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
                remember(pendingKey, message.count ? "1" : "");
                break;
            case "message":
                onMessage(message.message as Glimpse);
                break;
            case "started":
                tell("on-start-conversation", { hasConversation: false });
                break;
            case "postback":
                tell("postback", message.data);
        }
    }

    function onMessage(message: Glimpse): void {
        tell("on-message", message);
        peek(message);
    }

    function peek({ message_type, content, sender }: Glimpse): void {
        if (message_type !== 1 || !content || settings.showUnreadMessagesDialog === false) return;
        launcher.showPeek(sender?.available_name || sender?.name || "", content);
    }

    /** The visitor of before, or another one: unread answers are counted, and what still waits to be sent is sent by the frame. */
    function sessionChanged(): void {
        stopWatching?.();
        launcher.setUnread(0);
        if (frame.exists() || remember(pendingKey)) return loadFrame();
        if (!session.token()) return;
        let first = true;
        stopWatching = watchUnread(
            session,
            (count, latest) => {
                launcher.setUnread(count);
                if (first && latest) peek(latest);
                first = false;
            },
            onMessage,
            failed,
        );
    }

    const $chatwoot = {
        baseUrl: base,
        websiteToken,
        hasLoaded: true,
        isOpen: false,
        get user() {
            return identity.user();
        },
        toggle,
        toggleBubbleVisibility: (state: "show" | "hide") => launcher.show(state !== "hide"),
        popoutChatWindow(): void {
            toggle("close");
            open(session.frameAddress(), "throughline", "width=420,height=720");
        },
        ...identity.calls,
        setLocale(locale: string): void {
            settings.locale = locale;
            speak(locale);
            frame.send({ type: "settings", settings: { locale } });
        },
        setColorScheme(darkMode: string): void {
            settings.darkMode = darkMode;
            launcher.scheme(darkMode);
            frame.send({ type: "settings", settings: { darkMode } });
        },
        reset(): void {
            toggle("close");
            frame.drop();
            session.forget();
            identity.forget();
            remember(pendingKey, "");
            sessionChanged();
        },
    };
    (window as any).$chatwoot = $chatwoot;
    session.enter().catch(failed).then((entered) => {
        sessionChanged();
        if (entered) toggle("open");
    });
    tell("ready");
}
