import type { Conversation, Message } from "../model/types";
import { MessageType } from "../model/types";

/** Copies of one message, at most; the server has the same bound. */
export const mostCopies = 10;

/** What every address has; whether mail arrives there, mail tells. */
export const isAddress = (text: string): boolean => /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/.test(text);

/** Who was let into the conversation beside the customer, and can be named. */
export function people(conversation: Conversation): string[] {
    return (conversation.mail_participants ?? []).filter((one) => one.standing === "participant").map((one) => one.address);
}

/** Who stands in Cc before anybody is added or removed: whoever the customer's last mail came from or went to beside us. */
export function expected(conversation: Conversation, messages: Message[]): string[] {
    const last = [...messages].reverse().find((one) => one.message_type === MessageType.incoming && one.held !== true);
    const mail = last?.mail ?? null;
    if (mail === null || mail.outcome === "recorded") return [];
    const there = new Set([mail.from, ...mail.to, ...mail.cc].flatMap((box) => (box === null ? [] : [box.address.toLowerCase()])));
    return people(conversation).filter((address) => there.has(address)).slice(0, mostCopies);
}
