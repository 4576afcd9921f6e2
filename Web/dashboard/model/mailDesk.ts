import { get, post } from "./api";
import { Cell } from "./cells";
import { account } from "./session";
import { Turn } from "./turn";
import type { StoredMail } from "./types";

/** What waits for somebody on the mail desk: how many of each end nobody has dealt with. */
export type MailCounts = Record<"held" | "quarantined" | "failed" | "refused", number>;

export type WayOut = "release" | "replay" | "discard" | "same_person" | "participant" | "separate" | "agent";

export const mailCounts = new Cell<MailCounts | null>(null);
/** The mail that came to the desk or left it last. */
export const mailNews = new Cell<StoredMail | null>(null);
/** Grows when news may have been missed: what is shown is to be loaded again. */
export const mailsMissed = new Cell(0);

/** What was refused is gone: there is nothing to decide about it. */
export function toDecide(counts: MailCounts | null): number {
    return counts === null ? 0 : counts.held + counts.quarantined + counts.failed;
}

const turn = new Turn();

export async function countMails(): Promise<void> {
    const isNewest = turn.next();
    const counts = await get<MailCounts>(account("/mails/counts"));
    if (isNewest()) mailCounts.set(counts);
}

/** An event of the stream. */
export function noteMail(heard: { mail?: StoredMail; counts?: MailCounts }): void {
    if (heard.counts !== undefined) {
        turn.next();
        mailCounts.set(heard.counts);
    }
    if (typeof heard.mail?.id === "number") mailNews.set(heard.mail);
}

export function mailsMayBeMissed(): void {
    mailsMissed.update((count) => count + 1);
    void countMails().catch(() => undefined);
}

/** Does what a button of the mail desk says. What is decided about a held mail is decided on its message. */
export async function takeWayOut(mail: StoredMail, way: WayOut): Promise<void> {
    if (way === "release" || way === "replay" || way === "discard") {
        mailNews.set(await post<StoredMail>(account(`/mails/${mail.id}/${way}`)));
    } else {
        await post(account(`/conversations/${mail.conversation_id}/messages/${mail.message_id_in_conversation}/held`), { action: way });
        mailNews.set(await get<StoredMail>(account(`/mails/${mail.id}`)));
    }
    await countMails();
}
