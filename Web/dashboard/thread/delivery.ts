import { atMoment, countdown } from "../model/time";
import type { Conversation, Delivery, Message } from "../model/types";
import type { DeliveryAction } from "../model/sending";
import type { IconName } from "../parts/Icon";
import { words } from "../words";

/** The delivery line as it is shown: the words, the tone, and what can be done. */
export interface Line {
    icon: IconName | "ring";
    text: string;
    tone: "quiet" | "good" | "soon" | "held" | "bad";
    actions: Action[];
}
export type Action = { label: string; does: DeliveryAction | "ask_address" | "resume" };

const sendNow: Action = { label: words.delivery.sendNow, does: "send_now" };
const chatOnly: Action = { label: words.delivery.chatOnly, does: "chat_only" };
const undo: Action = { label: words.delivery.undo, does: "undo" };
const tryAgain: Action = { label: words.delivery.tryAgain, does: "try_again" };
const sendAgain: Action = { label: words.delivery.sendAgain, does: "try_again" };
const changeAddress: Action = { label: words.delivery.changeAddress, does: "change_address" };
const askAddress: Action = { label: words.delivery.askForAddress, does: "ask_address" };
const resume: Action = { label: words.thread.loopResume, does: "resume" };

export function describe(delivery: Delivery, message: Message, conversation: Conversation, now: number): Line {
    const { at, until, to, reason } = delivery;
    const when = at === null || at === undefined ? null : atMoment(at);
    const left = until === null || until === undefined || until <= now ? null : countdown(until, now);
    switch (delivery.state) {
    case "seen": return { icon: "eye", text: words.delivery.seen(when), tone: "good", actions: [] };
    case "waiting":
        if (left === null) return { icon: "ring", text: words.delivery.waitingNow, tone: "soon", actions: [] };
        // Who answers by mail has a moment to think again.
        return message.channel === "email" ? { icon: "ring", tone: "soon", actions: [undo, sendNow], text: words.delivery.waitingEmail(left) }
            : { icon: "ring", tone: "soon", actions: [sendNow, chatOnly], text: words.delivery.waiting(left) };
    case "queued": return { icon: "mail", text: words.delivery.queued(to), tone: "quiet", actions: [undo] };
    case "emailed": return { icon: "mail", text: words.delivery.emailed(when, to, reason), tone: "quiet", actions: [] };
    case "deferred": return {
        icon: delivery.warning === true ? "warning" : "clock", tone: delivery.warning === true ? "bad" : "soon",
        text: words.delivery.deferred(left, reason), actions: [tryAgain, chatOnly],
    };
    case "uncertain": return { icon: "warning", text: words.delivery.uncertain(to, left), tone: "held", actions: [sendAgain] };
    case "failed":
    case "bounced": return { icon: "warning", text: words.delivery.failed(reason), tone: "bad", actions: [tryAgain, changeAddress] };
    case "answered": return { icon: "reply", text: words.delivery.answered, tone: "good", actions: [] };
    case "not_sent": return { icon: reason === "chat_only" ? "chat" : "mail", text: words.delivery.notSent(reason), tone: "quiet",
        actions: waysOut(reason, conversation) };
    default: return { icon: "mail", text: delivery.line ?? "", tone: "quiet", actions: [] };
    }
}

function waysOut(reason: string | null, conversation: Conversation): Action[] {
    if (reason === "no_address") return conversation.continuity?.can_email === true ? [sendNow] : [askAddress];
    if (reason === "unreachable") return [changeAddress, tryAgain];
    if (reason === "chat_only") return conversation.continuity?.can_email === true ? [sendNow] : [];
    if (reason === "loop_stopped") return [resume];
    return [];
}
