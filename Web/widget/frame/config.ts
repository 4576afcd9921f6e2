import type { WorkingDay } from "../shared/hours";
import type { FrameStart } from "../shared/protocol";
import type { AskedField } from "./before-chat";

/** What the server writes into the page: Chatwoot's `window.chatwootWebChannel`, and the session. */
export interface Config {
    websiteToken: string;
    websiteName: string;
    authToken: string;
    pubsubToken: string;
    locale?: string;
    avatarUrl?: string | null;
    welcomeTitle?: string | null;
    welcomeTagline?: string | null;
    widgetColor?: string | null;
    replyTime?: string | null;
    workingHoursEnabled?: boolean;
    workingHours?: WorkingDay[];
    outOfOfficeMessage?: string | null;
    utcOffset?: string | null;
    enabledFeatures?: string[];
    allowMessagesAfterResolved?: boolean;
    disableBranding?: boolean;
    /** What is still to be asked of this visitor before the first message. */
    preChatFormEnabled?: boolean;
    preChatFormOptions?: { pre_chat_message?: string | null; pre_chat_fields?: AskedField[] };
    /** Whether this inbox goes on by email at all. */
    canEmail?: boolean;
    /** IANA name of the inbox's time zone, for the working hours. */
    timezone?: string | null;
    demo?: boolean;
}

export function readConfig(): Config {
    const text = document.getElementById("throughline-config")?.textContent ?? "{}";
    return JSON.parse(text) as Config;
}

/** What the page's script put behind the `#`. Without it the widget stands alone in its own window. */
export function readStart(): FrameStart {
    const alone: FrameStart = { origin: "", page: document.referrer, title: "", open: true, settings: {} };
    if (window.parent === window) return alone;
    try {
        const given = JSON.parse(decodeURIComponent(location.hash.slice(1))) as Partial<FrameStart>;
        return { ...alone, ...given, settings: given.settings ?? {} };
    } catch {
        return alone;
    }
}
