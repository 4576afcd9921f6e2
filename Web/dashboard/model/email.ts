import { get } from "./api";
import { Cell } from "./cells";
import { account } from "./session";

/** What an inbox's mail needs, and the proof that it goes out and comes back. Times of hops are in milliseconds. */

export interface DNSRow {
    type: "A" | "MX" | "TXT";
    name: string;
    /** null where only the reader knows it. */
    value: string | null;
    why: string;
    state: "found" | "missing" | "different" | "unknown";
    found: string[];
}

export interface Fault {
    code: string;
    level: "error" | "warning";
    words: string;
    advice: string;
    setting: string | null;
    record: DNSRow | null;
}

export interface DNSRows { payload: DNSRow[]; asked: boolean; problem: Fault | null }

export interface Hop { name: string; state: "done" | "failed" | "unknown"; at: number; words: string }

export interface Check {
    id: number | null;
    state: "never" | "running" | "passed" | "failed";
    started_at: number | null;
    finished_at: number | null;
    passed_at: number | null;
    hops: Hop[];
    faults: Fault[];
    promises_email: boolean;
    why_not: string | null;
}

export interface Timing {
    closed_after: number | null;
    unseen_after: number | null;
    quiet_for: number | null;
    at_latest: number | null;
    min_interval: number | null;
    undo_window: number | null;
}

export interface TimingPreview { mails: { at: number; messages: number[] }[]; settings: Timing }

/** Counts the news of a running check, by inbox. */
export const checkNews = new Cell<Record<number, number>>({});

export function heardOfCheck(inbox: number): void {
    checkNews.update((now) => ({ ...now, [inbox]: (now[inbox] ?? 0) + 1 }));
}

export const loadCheck = (inbox: number): Promise<Check> => get<Check>(account(`/inboxes/${inbox}/continuity_check`));
export const loadRows = (inbox: number): Promise<DNSRows> => get<DNSRows>(account(`/inboxes/${inbox}/dns_records`));

/** What a mail server is shown for the user: a password, a token that stays, or one that is fetched anew by a refresh token. */
export type SignIn = "password" | "token" | "oauth";

/** A mailbox that mail is fetched from. */
export interface MailboxSettings {
    host: string;
    port: number;
    security: "tls" | "starttls" | "none";
    user: string;
    sign_in: SignIn;
    folder: string;
    import_existing: boolean;
    state: "connecting" | "working" | "waiting" | "stopped";
    /** A sentence; null while it works. */
    reason: string | null;
    last_mail_at: number | null;
}

export interface MailboxTest { works: boolean; message: string }

/** A provider that hands mail over by HTTP. */
export interface ProviderSettings {
    kind: string | null;
    topic_arn: string | null;
    /** A key that was made by the server, shown once. */
    signing_key: string | null;
    urls?: Record<string, { url: string }>;
}

/** The relay that mail leaves by; `url` without its password. */
export interface RelaySettings { url: string | null; is_own: boolean; state: "working" | "stopped"; reason: string | null }

/** Signing by ourselves (DKIM). */
export interface SigningSettings { on: boolean; domain: string | null; record: { name: string; value: string } | null }
