import { get, post } from "./api";
import { Cell } from "./cells";
import { account } from "./session";

/** Whether mail leaves at all. `stopped`: the mail server refuses us altogether, and all mail waits. */
export interface MailHealth {
    state: "working" | "stopped";
    since: number | null;
    /** A sentence for the administrator. */
    reason: string | null;
    retry_at: number | null;
    mails_stopped: number;
    mails_waiting: number;
}

export const mailHealth = new Cell<MailHealth | null>(null);

export async function loadMailHealth(): Promise<void> {
    mailHealth.set(await get<MailHealth>(account("/mail_health")));
}

/** Has the mail server tried at once. */
export async function tryRelay(): Promise<void> {
    mailHealth.set(await post<MailHealth>(account("/mail_health/resume")));
}
