import { get, post } from "./api";
import { Cell } from "./cells";
import { account } from "./session";
import { Turn } from "./turn";

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

const turn = new Turn();

export async function loadMailHealth(): Promise<void> {
    const isNewest = turn.next();
    const health = await get<MailHealth>(account("/mail_health"));
    if (isNewest()) mailHealth.set(health);
}

/** An event of the stream. */
export function heardMailHealth(health: MailHealth): void {
    turn.next();
    mailHealth.set(health);
}

/** Has the mail server tried at once. */
export async function tryRelay(): Promise<void> {
    mailHealth.set(await post<MailHealth>(account("/mail_health/resume")));
}
