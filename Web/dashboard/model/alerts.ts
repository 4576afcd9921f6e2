import { words } from "../words";
import type { Notice } from "./notices";
import { prefs } from "./prefs";
import { openConversation } from "./route";
import { saveUISettings, uiSetting } from "./session";

/** When the sound is heard: never, for one's own notices, or for every word of a customer. Chatwoot's words for it. */
export const soundChoices = ["none", "mine", "all"] as const;
export type SoundChoice = (typeof soundChoices)[number];

export function soundChoice(): SoundChoice {
    const kept = uiSetting("enable_audio_alerts");
    return soundChoices.find((one) => one === kept) ?? "none";
}

export const chooseSound = (choice: SoundChoice): Promise<void> => saveUISettings({ enable_audio_alerts: choice });

let audio: AudioContext | null = null;
let playedAt = 0;

/** Two short tones, made here: no file is fetched. Several things at once are one sound. */
export function chime(): void {
    if (Date.now() - playedAt < 1500) return;
    playedAt = Date.now();
    try {
        audio ??= new AudioContext();
        void audio.resume();
        const start = audio.currentTime;
        tone(audio, 660, start);
        tone(audio, 880, start + 0.12);
    } catch { /* A browser without sound is silent. */ }
}

function tone(audio: AudioContext, pitch: number, at: number): void {
    const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
    oscillator.frequency.value = pitch;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.12, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + 0.32);
}

/** A customer's word that is not before the agent's eyes. */
export function alertOfMessage(): void {
    if (soundChoice() === "all") chime();
}

/** Something that this agent is told of and does not see just now. */
export function alertOf(notice: Notice): void {
    if (soundChoice() !== "none") chime();
    if (document.visibilityState === "hidden") showInBrowser(notice);
}

export type BrowserNotices = "unsupported" | "denied" | "off" | "on";

export function browserNotices(): BrowserNotices {
    if (!("Notification" in window)) return "unsupported";
    if (Notification.permission === "denied") return "denied";
    return Notification.permission === "granted" && prefs.value.browserNotices ? "on" : "off";
}

function showInBrowser(notice: Notice): void {
    if (browserNotices() !== "on") return;
    // One for each conversation, also where it is open in several tabs.
    const shown = new Notification(noticeTitle(notice), { body: notice.push_message_body, tag: `throughline-${notice.primary_actor_id}` });
    shown.onclick = () => {
        window.focus();
        openConversation(notice.primary_actor_id);
        shown.close();
    };
}

/** What happened, a sentence. */
export function noticeTitle(notice: Notice): string {
    const { sender, author } = notice.primary_actor.meta;
    const say = words.notices.kinds;
    const name = sender.name || words.notices.somebody;
    const id = notice.primary_actor_id;
    switch (notice.notification_type) {
    case "conversation_creation": return say.creation(name, id);
    case "conversation_assignment": return say.assignment(name, id);
    case "conversation_mention": return say.mention(author?.name ?? words.notices.colleague, id);
    default: return say.message(name, id);
    }
}
