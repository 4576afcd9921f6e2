import type { FrameSettings } from "../shared/protocol";

/** `window.chatwootSettings`, as websites write it. */
export interface Settings extends FrameSettings {
    baseDomain?: string;
    hideMessageBubble?: boolean;
    position?: "left" | "right";
    type?: "standard" | "expanded_bubble";
    launcherTitle?: string;
    showUnreadMessagesDialog?: boolean;
    /** Ours: the launcher's colour before the inbox's own is known. */
    widgetColor?: string;
}

const FOR_FRAME: (keyof FrameSettings)[] = [
    "locale",
    "useBrowserLanguage",
    "darkMode",
    "widgetStyle",
    "welcomeTitle",
    "welcomeDescription",
    "availableMessage",
    "unavailableMessage",
    "enableFileUpload",
    "enableEmojiPicker",
    "enableEndConversation",
    "showPopoutButton",
];

export function readSettings(): Settings {
    const given = (window as { chatwootSettings?: unknown }).chatwootSettings;
    return { ...(typeof given === "object" && given ? (given as Settings) : {}) };
}

/** Only known keys with plain values: functions or elements in the settings must not break postMessage. */
export function forFrame(settings: Settings): FrameSettings {
    const picked: Record<string, unknown> = {};
    for (const key of FOR_FRAME) {
        const value = settings[key];
        if (typeof value === "string" || typeof value === "boolean") picked[key] = value;
    }
    return picked as FrameSettings;
}
