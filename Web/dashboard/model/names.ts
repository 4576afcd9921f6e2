import { words } from "../words";
import type { Conversation, Message } from "./types";

interface Known { name?: string | null; email?: string | null }

/** What a contact is called everywhere: by name, else by address, else by the number of what they began. */
export function called(contact: Known, number?: number): string {
    return contact.name || contact.email || (number === undefined ? words.unknownContact : `${words.unknownContact} ${number}`);
}

export const customer = (conversation: Conversation): string => called(conversation.meta.sender, conversation.id);

/** Who wrote what came in. Somebody else's mail bears its writer's name, never the contact's. */
export function author(message: Message, conversation: Conversation): string {
    const mail = message.mail;
    if (mail?.from && mail.standing !== null && mail.standing !== "contact") return mail.from.name || mail.from.address;
    const { name, email } = conversation.meta.sender;
    return called({ name: message.sender?.name || name || mail?.from?.name, email: message.sender?.email || email || mail?.from?.address },
        conversation.id);
}
