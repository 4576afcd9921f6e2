import { get } from "./api";
import { loadCanned } from "./canned";
import { Cell } from "./cells";
import { account } from "./session";
import type { Agent, Inbox, Label, Team } from "./types";

/** What hardly changes: the team, the doors, the labels. Loaded once, and again after a change or a gap. */
export const agents = new Cell<Agent[]>([]);
export const inboxes = new Cell<Inbox[]>([]);
export const labels = new Cell<Label[]>([]);
export const teams = new Cell<Team[]>([]);

export async function loadDirectory(): Promise<void> {
    await Promise.allSettled([
        loadAgents(),
        loadInboxes(),
        loadLabels(),
        loadTeams(),
        loadCanned(),
    ]);
}

export async function loadAgents(): Promise<void> {
    agents.set(await get<Agent[]>(account("/agents")));
}

export async function loadLabels(): Promise<void> {
    const answer = await get<{ payload: Label[] }>(account("/labels"));
    labels.set(answer.payload);
}

export async function loadTeams(): Promise<void> {
    teams.set(await get<Team[]>(account("/teams")));
}

/** Others may have deleted or made one since: whoever opens a list of teams chooses among those that there are. */
export function refreshTeams(): void {
    void loadTeams().catch(() => undefined);
}

export async function loadInboxes(): Promise<void> {
    const answer = await get<{ payload: Inbox[] }>(account("/inboxes"));
    inboxes.set(answer.payload);
}
