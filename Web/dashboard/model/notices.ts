import { get, patch, post } from "./api";
import { alertOf } from "./alerts";
import { Cell } from "./cells";
import { current, route } from "./route";
import { account, me } from "./session";
import { Turn } from "./turn";

/** Something that this agent was told of. */
export interface Notice {
    id: number;
    notification_type: "conversation_creation" | "conversation_assignment" | "assigned_conversation_new_message" | "conversation_mention";
    push_message_body: string;
    /** The conversation's number. */
    primary_actor_id: number;
    primary_actor: { meta: { sender: { name: string | null }; author: { name: string } | null } };
    read_at: number | null;
    created_at: number;
    last_activity_at: number;
}

export interface Notices { rows: Notice[]; unread: number; count: number; page: number }

/** The newest ones; nil until they are loaded. */
export const notices = new Cell<Notices | null>(null);

interface Answer { data: { meta: { unread_count: number; count: number; current_page: number }; payload: Notice[] } }

const turn = new Turn();
let loading = 0;

export async function loadNotices(page = 1): Promise<void> {
    const isNewest = turn.next();
    loading += 1;
    const { data } = await get<Answer>(account(`/notifications?page=${page}`)).finally(() => { loading -= 1; });
    if (!isNewest()) return;
    const before = page === 1 ? [] : notices.value?.rows ?? [];
    const known = new Set(before.map((row) => row.id));
    notices.set({
        rows: [...before, ...data.payload.filter((row) => !known.has(row.id))], unread: data.meta.unread_count, count: data.meta.count, page,
    });
}

const fresh = 60;

interface Heard { user_id?: number; notification?: Notice; unread_count?: number; count?: number }

/** The stream tells every agent of the account; what is another's is nothing here. */
export function noteNotice(heard: Heard): void {
    const notice = heard.notification;
    if (heard.user_id !== me()?.id || notice === undefined) return;
    notices.update((now) => now === null ? now : {
        ...now, rows: [notice, ...now.rows.filter((row) => row.id !== notice.id)], unread: heard.unread_count ?? now.unread,
        count: heard.count ?? now.count,
    });
    // An answer that is on its way may have been asked for before.
    if (loading > 0) void loadNotices().catch(() => undefined);
    if (isBeforeEyes(notice.primary_actor_id)) readOpen();
    // What came while the line was away is no news any more.
    else if (Date.now() / 1000 - notice.last_activity_at < fresh) alertOf(notice);
}

/** Another window of this agent has read some. */
export function noteNoticesRead(heard: Heard): void {
    if (heard.user_id === me()?.id && heard.unread_count !== notices.value?.unread) void loadNotices().catch(() => undefined);
}

export const isBeforeEyes = (conversation: number): boolean => current() === conversation && document.visibilityState === "visible";

function markRead(which: (row: Notice) => boolean): void {
    notices.update((now) => {
        if (now === null) return now;
        const rows = now.rows.map((row) => (row.read_at === null && which(row) ? { ...row, read_at: Math.floor(Date.now() / 1000) } : row));
        const read = rows.filter((row, index) => row !== now.rows[index]).length;
        return read === 0 ? now : { ...now, rows, unread: Math.max(0, now.unread - read) };
    });
}

export async function readNotice(notice: Notice): Promise<void> {
    if (notice.read_at !== null) return;
    markRead((row) => row.id === notice.id);
    await patch(account(`/notifications/${notice.id}`), { read_at: null });
}

export async function readAllNotices(): Promise<void> {
    await post(account("/notifications/read_all"));
    await loadNotices();
}

/** What is told of the conversation on screen is read. */
function readOpen(): void {
    const id = current();
    if (id === null || document.visibilityState !== "visible") return;
    if (notices.value?.rows.some((row) => row.primary_actor_id === id && row.read_at === null) !== true) return;
    markRead((row) => row.primary_actor_id === id);
    void post(account("/notifications/read_all"), { primary_actor_type: "Conversation", primary_actor_id: id }).catch(() => undefined);
}

/** Loads them and keeps them right while the desk is open. */
export function watchNotices(): () => void {
    void loadNotices().then(readOpen).catch(() => undefined);
    const stop = route.subscribe(readOpen);
    document.addEventListener("visibilitychange", readOpen);
    return () => { stop(); document.removeEventListener("visibilitychange", readOpen); };
}
