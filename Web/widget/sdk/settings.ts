import type { FrameSettings } from "../shared/protocol";

/** `window.chatwootSettings`, as websites write it. */
export interface Settings extends FrameSettings {
    baseDomain?: string;
    hideMessageBubble?: boolean;
    position?: "left" | "right";
    type?: "standard" | "expanded_bubble";
    launcherTitle?: string;
    showUnreadMessagesDialog?: boolean;
    /** Ours: the launcher's colour before the inbox's own is known, that is before the widget was opened once in this browser. */
    widgetColor?: string;
}

export function readSettings(): Settings {
    return { ...(window as { chatwootSettings?: Settings }).chatwootSettings };
}

/** Only plain values: functions or elements in the settings could not be handed over. */
export function forFrame(settings: Settings): FrameSettings {
    return Object.fromEntries(Object.entries(settings).filter(([, value]) => /^(string|boolean)$/.test(typeof value)));
}
