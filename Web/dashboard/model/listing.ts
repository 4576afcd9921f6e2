import { explain, get, query } from "./api";
import { Cell } from "./cells";
import { conversations, follow, isMine, learnAll } from "./conversations";
import { account } from "./session";
import type { Conversation, Counts, SearchHit, Status } from "./types";

export type Tab = "me" | "unassigned" | "all";
export type Sort = "last_activity_at_desc" | "created_at_desc" | "waiting_since_asc" | "priority_desc";

/** What a conversation has to be beside its status: one in which we are mentioned, one that waits for an answer, one with held mail. */
export type Kind = "all" | "mention" | "unattended" | "held";

/** Which conversations the list shows. */
export interface View {
    tab: Tab; status: Status | "all"; sort: Sort; search: string; kind: Kind;
    inbox: number | null; team: number | null; labels: string[];
    /** The saved view that it came from. */
    saved: number | null;
}
export const plainView: View = {
    tab: "all", status: "open", sort: "last_activity_at_desc", search: "", kind: "all", inbox: null, team: null, labels: [], saved: null,
};

/** The part of the list that is loaded: always an unbroken run from the top. */
export interface Listing { ids: number[]; page: number; stuck: boolean; more: boolean; loading: boolean; error: string | null }

const pageSize = 25;
const blank: Listing = { ids: [], page: 0, stuck: false, more: true, loading: false, error: null };

export const view = new Cell<View>(remembered());
export const listing = new Cell<Listing>({ ...blank, loading: true });
export const counts = new Cell<Counts | null>(null);

function remembered(): View {
    try {
        return { ...plainView, ...(JSON.parse(sessionStorage.getItem("throughline.view") ?? "{}") as Partial<View>), search: "" };
    } catch {
        return plainView;
    }
}

export function show(part: Partial<View>): void {
    view.update((now) => ({ ...now, ...part }));
    try { sessionStorage.setItem("throughline.view", JSON.stringify(view.value)); } catch { /* only the memory of a view */ }
    void reload();
}

let asked = 0;
/** What changed while the first page was on its way: the page may have been read before. */
const meanwhile = new Set<number>();

/** Loads the first page anew; what is shown stays until it is there. */
export async function reload(): Promise<void> {
    asked += 1;
    meanwhile.clear();
    listing.set({ ...blank, ids: matchingNow(), loading: true });
    await fetchPage(1, asked);
}

/** What the view asks the server for. A search looks in every status: who searches does not know whether it was resolved. */
function asking(page: number): string {
    return query({ ...narrowing(), assignee_type: view.value.tab, sort_by: view.value.sort, page });
}

/** What narrows the list and the counts of its tabs alike. */
function narrowing(): Parameters<typeof query>[0] {
    const { search, kind, inbox, team, labels } = view.value;
    return { status: shownStatus(), q: search, conversation_type: kind === "all" ? null : kind, inbox_id: inbox, team_id: team, labels };
}

/** What only the server can say of a row. */
const serversSay = (): boolean => view.value.search !== "" || view.value.kind === "mention";

export function shownStatus(): Status | "all" {
    return view.value.search === "" ? view.value.status : "all";
}

/** Where in the rows of a search the words stand, and what stands around them. */
export const hits = new Cell<Record<number, SearchHit>>({});

function noteHits(rows: readonly Conversation[]): void {
    const found = rows.filter((row) => row.search_hit).map((row) => [row.id, row.search_hit]);
    hits.update((known) => ({ ...(listing.value.page === 0 ? {} : known), ...Object.fromEntries(found) as typeof known }));
}

/** Takes in what the top of the list has become, row by row. */
export async function refresh(): Promise<void> {
    const answer = await get<{ data: { meta: Counts; payload: Conversation[] } }>(account("/conversations") + asking(1));
    learnAll(answer.data.payload);
    counts.set(answer.data.meta);
}

/** What this page already knows of the view, so that a change of tab shows something at once. */
function matchingNow(): number[] {
    if (serversSay()) return [];
    const rows = [...conversations.values()].filter(matches).sort(compare);
    return rows.slice(0, pageSize).map((row) => row.id);
}

export async function more(): Promise<void> {
    const now = listing.value;
    if (now.loading || !now.more || now.error !== null) return;
    listing.set({ ...now, loading: true });
    // Rows that left the loaded part have moved the others up: the page after the last full one has them. A page that brought
    // nothing is not asked for again.
    const next = now.stuck ? now.page + 1 : Math.min(now.page + 1, Math.floor(now.ids.length / pageSize) + 1);
    await fetchPage(next, asked);
}

export function retry(): void {
    listing.update((now) => ({ ...now, error: null }));
    if (listing.value.page === 0) void reload();
    else void more();
}

async function fetchPage(page: number, turn: number): Promise<void> {
    try {
        const answer = await get<{ data: { meta: Counts; payload: Conversation[] } }>(account("/conversations") + asking(page));
        if (turn !== asked) return;
        const rows = answer.data.payload;
        noteHits(rows);
        counts.set(answer.data.meta);
        learnQuietly(rows);
        const fresh = rows.map((row) => row.id);
        const kept = listing.value.page === 0 ? [] : listing.value.ids;
        const seen = new Set(kept);
        const ids = [...kept, ...fresh.filter((id) => !seen.has(id))];
        listing.set({ ids, page, stuck: ids.length === kept.length, more: rows.length >= pageSize, loading: false, error: null });
        [...meanwhile].forEach((id) => {
            const row = conversations.get(id);
            if (row !== undefined) place(row, undefined);
        });
        meanwhile.clear();
    } catch (error) {
        if (turn !== asked) return;
        listing.update((now) => ({ ...now, loading: false, error: explain(error) }));
    }
}

export function matches(conversation: Conversation): boolean {
    const { tab, status, kind, inbox, team, labels } = view.value;
    if (status !== "all" && conversation.status !== status) return false;
    if (inbox !== null && conversation.inbox_id !== inbox) return false;
    if (team !== null && conversation.meta.team?.id !== team) return false;
    if (labels.length > 0 && !conversation.labels.some((label) => labels.includes(label))) return false;
    if (kind === "unattended" && conversation.first_reply_created_at && !conversation.waiting_since) return false;
    if (kind === "held" && !conversation.held_count) return false;
    if (tab === "me") return isMine(conversation);
    if (tab === "unassigned") return !conversation.meta.assignee;
    return true;
}

const rank = { urgent: 4, high: 3, medium: 2, low: 1 };

function compare(a: Conversation, b: Conversation): number {
    let difference = 0;
    switch (view.value.sort) {
    case "created_at_desc": difference = b.created_at - a.created_at; break;
    case "waiting_since_asc": difference = (a.waiting_since || Infinity) - (b.waiting_since || Infinity); break;
    case "priority_desc": difference = (b.priority ? rank[b.priority] : 0) - (a.priority ? rank[a.priority] : 0); break;
    case "last_activity_at_desc": break;
    }
    // Two conversations that both wait for nobody compare as NaN.
    return difference || b.last_activity_at - a.last_activity_at || b.id - a.id;
}

/** Puts a changed conversation where it belongs in the loaded part, or takes it out. Linear in the loaded part. */
function place(conversation: Conversation, before: Conversation | undefined): void {
    const now = listing.value;
    if (before !== undefined && before.status === conversation.status && before.meta.assignee?.id === conversation.meta.assignee?.id
        && matches(before) === matches(conversation)) {
        if (compare(before, conversation) === 0) return;
    } else {
        recount();
    }
    // What a search finds is the server's to say; the row itself still shows its news.
    if (view.value.search !== "" || (now.loading && now.page === 0 && now.ids.length === 0)) return;
    const at = now.ids.indexOf(conversation.id);
    if (serversSay() && at < 0) return;
    const without = at < 0 ? now.ids : [...now.ids.slice(0, at), ...now.ids.slice(at + 1)];
    if (!matches(conversation)) {
        if (at >= 0) listing.set({ ...now, ids: without });
        return;
    }
    let low = 0;
    let high = without.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        const other = conversations.get(without[middle] ?? 0);
        if (other !== undefined && compare(other, conversation) < 0) low = middle + 1;
        else high = middle;
    }
    if (low === at) return;
    // Past the loaded part its place is not known: the next page will bring it.
    if (low === without.length && now.more && at < 0) return;
    listing.set({ ...now, ids: [...without.slice(0, low), conversation.id, ...without.slice(low)] });
}

follow((conversation, before) => {
    if (loadingRows) return;
    if (listing.value.page === 0) meanwhile.add(conversation.id);
    place(conversation, before);
});

/** While a page of rows is taken in, the page itself says the order. */
let loadingRows = false;
function learnQuietly(rows: readonly Conversation[]): void {
    loadingRows = true;
    try { learnAll(rows); } finally { loadingRows = false; }
}

let recounting = 0;
/** Asks for the tabs' counts once things are quiet for a second. */
export function recount(): void {
    window.clearTimeout(recounting);
    recounting = window.setTimeout(() => {
        void get<{ meta: Counts }>(account("/conversations/meta") + query(narrowing()))
            .then((answer) => counts.set(answer.meta))
            .catch(() => undefined);
    }, 1000);
}

let rereading = 0;
/** A note may call us by name: whether it does is the server's to say. */
export function noteWritten(): void {
    if (view.value.kind !== "mention") return;
    window.clearTimeout(rereading);
    rereading = window.setTimeout(() => void reload(), 1000);
}

/** The conversation after (or before) the one that is open, in the order of the list. */
export function neighbour(id: number | null, step: 1 | -1): number | null {
    const ids = listing.value.ids;
    if (id === null) return ids[0] ?? null;
    const at = ids.indexOf(id);
    if (at < 0) return ids[0] ?? null;
    return ids[at + step] ?? null;
}
