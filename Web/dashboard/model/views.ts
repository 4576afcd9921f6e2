import { del, get, patch, post } from "./api";
import { Cell } from "./cells";
import { plainView, show, view } from "./listing";
import type { Kind, Sort, Tab, View } from "./listing";
import { account } from "./session";
import type { Status } from "./types";

/** One condition, as Chatwoot's filters have it. */
interface Condition { attribute_key: string; filter_operator: "equal_to"; values: (string | number)[]; query_operator: "and" }
interface Query { payload?: Condition[]; sort_by?: Sort; conversation_type?: Kind; assignee_type?: Tab }
/** A filter that we have given a name; nobody else sees it. */
export interface SavedView { id: number; name: string; query: Query }

export const savedViews = new Cell<SavedView[]>([]);
const path = (id?: number): string => account(`/custom_filters${id === undefined ? "" : `/${id}`}`);

export async function loadViews(): Promise<void> {
    savedViews.set(await get<SavedView[]>(`${path()}?filter_type=conversation`));
}

function queryOf({ tab, status, sort, kind, inbox, team, labels }: View): Query {
    const condition = (key: string, ...values: (string | number)[]): Condition =>
        ({ attribute_key: key, filter_operator: "equal_to", values, query_operator: "and" });
    return {
        payload: [
            condition("status", status),
            ...(inbox === null ? [] : [condition("inbox_id", inbox)]),
            ...(team === null ? [] : [condition("team_id", team)]),
            ...(labels.length === 0 ? [] : [condition("labels", ...labels)]),
        ],
        sort_by: sort, conversation_type: kind, assignee_type: tab,
    };
}

/** What a saved query shows. Another program may have written it: what is not understood here is left out. */
function viewOf({ payload, sort_by: sort, conversation_type: kind, assignee_type: tab }: Query): View {
    const values = (key: string): (string | number)[] => (payload ?? []).find((one) => one.attribute_key === key)?.values ?? [];
    const number = (key: string): number | null => { const value = Number(values(key)[0]); return value > 0 ? value : null; };
    return {
        ...plainView, tab: tab ?? "all", sort: sort ?? plainView.sort, kind: kind ?? "all",
        status: (values("status")[0] as Status | "all" | undefined) ?? "all",
        inbox: number("inbox_id"), team: number("team_id"), labels: values("labels").map(String),
    };
}

export function openView(saved: SavedView): void {
    show({ ...viewOf(saved.query), saved: saved.id });
}

/** Whether what is shown is no longer what was saved. */
export function differs(saved: SavedView, now: View): boolean {
    return JSON.stringify(queryOf(viewOf(saved.query))) !== JSON.stringify(queryOf(now));
}

export async function saveView(name: string): Promise<void> {
    const made = await post<SavedView>(path(), { name, type: "conversation", query: queryOf(view.value) });
    savedViews.update((all) => [...all, made]);
    show({ saved: made.id });
}

export async function updateView(id: number): Promise<void> {
    const changed = await patch<SavedView>(path(id), { query: queryOf(view.value) });
    savedViews.update((all) => all.map((one) => (one.id === id ? changed : one)));
}

export async function renameView(id: number, name: string): Promise<void> {
    const changed = await patch<SavedView>(path(id), { name });
    savedViews.update((all) => all.map((one) => (one.id === id ? changed : one)));
}

export async function deleteView(id: number): Promise<void> {
    await del(path(id));
    savedViews.update((all) => all.filter((one) => one.id !== id));
    show({ ...plainView });
}
