/** What the website's page and the widget's frame say to each other by postMessage. Both sides check window and origin of each message. */

/** The part of `window.chatwootSettings` that the frame needs. */
export interface FrameSettings {
    locale?: string;
    useBrowserLanguage?: boolean;
    darkMode?: string;
    widgetStyle?: string;
    welcomeTitle?: string;
    welcomeDescription?: string;
    availableMessage?: string;
    unavailableMessage?: string;
    enableFileUpload?: boolean;
    enableEmojiPicker?: boolean;
    enableEndConversation?: boolean;
    showPopoutButton?: boolean;
}

/** Handed over in the frame address's fragment, which no server sees, so that the first paint is already right. */
export interface FrameStart {
    /** Origin of the embedding page: the only one that the frame listens and talks to. */
    origin: string;
    /** Address of the embedding page, and what it is called: for the conversation's first message, and for the agents. */
    page: string;
    title: string;
    open: boolean;
    settings: FrameSettings;
}

export type ToFrame =
    /** `byKeyboard`: the way in is then shown as focused. */
    | { type: "open" | "close"; byKeyboard: boolean }
    | { type: "page"; page: string; title: string }
    | { type: "settings"; settings: FrameSettings }
    /** The website changed the contact (address, name): ask the server again. */
    | { type: "contact" };

export type ToPage =
    /** The frame is up. `authToken` is the visitor's session, for the page's cookie; the two colours are the launcher's and its icon's. */
    | { type: "ready"; authToken: string; fill: string; on: string; locale: string }
    | { type: "close" }
    | { type: "popout" }
    | { type: "unread"; count: number }
    /** Messages that still wait to be sent: the next page must start the frame, because only it can read its own storage. */
    | { type: "pending"; count: number }
    | { type: "message"; message: unknown }
    | { type: "started" }
    | { type: "postback"; data: unknown };

/** Marks our messages among those of other scripts on the page. */
export const MARK = "throughline";

/** Accepts only our own messages; anything else is `null`. */
export function readMarked<T>(data: unknown): T | null {
    if (typeof data !== "object" || data === null) return null;
    const { mark, body } = data as { mark?: unknown; body?: unknown };
    if (mark !== MARK || typeof body !== "object" || body === null) return null;
    return body as T;
}
