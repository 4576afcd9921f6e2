import { get } from "./api";
import { account } from "./session";

export type HealthState = "good" | "attention" | "bad" | "off";

/** One thing that an operator looks at. The server's sentences say how it stands and what to do. */
export interface HealthItem {
    code: string;
    state: HealthState;
    words: string;
    advice: string | null;
    /** The page of the dashboard that mends it. */
    link: string | null;
    inbox_id: number | null;
    count: number | null;
    at: number | null;
}

export interface Health {
    state: HealthState;
    version: string;
    checked_at: number;
    last_mail_in_at: number | null;
    last_mail_out_at: number | null;
    items: HealthItem[];
    queues: { name: string; jobs: number; oldest_due_at: number | null }[];
}

export const loadHealth = (): Promise<Health> => get<Health>(account("/health"));
