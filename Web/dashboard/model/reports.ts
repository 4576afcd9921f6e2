import { get, query } from "./api";
import { accountV2 } from "./session";

/** Which days, and of which inbox. */
export interface Scope {
    since: number;
    until: number;
    inbox: number | null;
}

export interface Workload {
    conversations_count: number;
    /** Not counted by team and label. */
    incoming_messages_count?: number;
    outgoing_messages_count?: number;
    /** Seconds; null where there was none. */
    median_first_response_time: number | null;
    p90_first_response_time: number | null;
    median_resolution_time: number | null;
    p90_resolution_time: number | null;
}

export interface Day { date: string; timestamp: number }
export type WorkDay = Workload & Day & { resolutions_count: number; incoming_messages_count: number; outgoing_messages_count: number };
export type WorkRow = Workload & { id: number; name: string; resolved_conversations_count: number };

export interface HandOver {
    website_conversations: number;
    went_on_by_email: number;
    answered_by_email: number;
    unreachable: number;
    mails_sent: number;
    mails_bounced: number;
    mails_avoided: number;
    email_share: number | null;
    reply_rate: number | null;
    unreachable_share: number | null;
    bounce_rate: number | null;
}

export interface Daily<Totals, Row> { timezone: string; totals: Totals; days: Row[] }

export interface Reports {
    work: Daily<Workload & { resolutions_count: number }, WorkDay>;
    handOver: Daily<HandOver, HandOver & Day>;
    inboxes: WorkRow[];
    agents: WorkRow[];
    teams: WorkRow[];
    labels: WorkRow[];
}

export type ReportName = "reports/daily" | "reports/handover" | "summary_reports/inbox" | "summary_reports/agent" | "summary_reports/team"
    | "summary_reports/label";

const parameters = (scope: Scope): string => query({ since: scope.since, until: scope.until, inbox_id: scope.inbox });

/** Where the same figures are a file. */
export const csvOf = (name: ReportName, scope: Scope): string => accountV2(`/${name}.csv${parameters(scope)}`);

export async function loadReports(scope: Scope): Promise<Reports> {
    const asked = <T>(name: ReportName): Promise<T> => get<T>(accountV2(`/${name}${parameters(scope)}`));
    const [work, handOver, inboxes, agents, teams, labels] = await Promise.all([
        asked<Reports["work"]>("reports/daily"), asked<Reports["handOver"]>("reports/handover"),
        asked<WorkRow[]>("summary_reports/inbox"), asked<WorkRow[]>("summary_reports/agent"),
        asked<WorkRow[]>("summary_reports/team"), asked<WorkRow[]>("summary_reports/label"),
    ]);
    return { work, handOver, inboxes, agents, teams, labels };
}
