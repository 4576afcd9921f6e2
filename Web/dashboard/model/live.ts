import { get } from "./api";
import { Cell } from "./cells";
import { alertOfMessage } from "./alerts";
import { conversations, learn, load, noteMessage as noteInRow, presences } from "./conversations";
import { loadAgents, loadDirectory } from "./directory";
import { heardOfCheck } from "./email";
import { draftsMayHaveChanged, dropUnsent, noteSent, saveDrafts } from "./drafts";
import { noteWritten, recount, refresh, reload } from "./listing";
import { mailsMayBeMissed, noteMail } from "./mailDesk";
import { heardMailHealth, loadMailHealth } from "./mailHealth";
import type { MailHealth } from "./mailHealth";
import { isBeforeEyes, loadNotices, noteNotice, noteNoticesRead } from "./notices";
import { askForPagesAgain, heardPage } from "./pages";
import { current, openConversation } from "./route";
import { ask, me } from "./session";
import { forget, noteMessage as noteInThread, open } from "./threads";
import { heardTyping } from "./typing";
import { heardViewing, loadViewers } from "./viewing";
import type { Contact, Conversation, Message } from "./types";

/** Whether news arrive. `late` is shown to people, `joining` is not: it lasts a moment. */
export const line = new Cell<"joining" | "live" | "late">("joining");

type Heard = Record<string, unknown>;

/** What to do for each event of the stream. */
const reactions: Record<string, (data: Heard) => void> = {
    "message.created": (data) => { message(data); soundFor(data); },
    "message.updated": message,
    "conversation.created": conversation,
    "conversation.updated": conversation,
    "conversation.status_changed": conversation,
    "conversation.contact_changed": conversation,
    "conversation.read": conversation,
    "assignee.changed": conversation,
    "team.changed": conversation,
    "conversation.typing_on": (data) => typingHeard(data, true),
    "conversation.typing_off": (data) => typingHeard(data, false),
    "presence.update": (data) => {
        const contacts = data.contacts;
        if (contacts !== null && typeof contacts === "object") presences.update((now) => ({ ...now, ...(contacts as typeof now) }));
    },
    "contact.updated": (data) => contact(data as unknown as Contact),
    "agent.updated": (data) => colleague(data),
    "agent.removed": (data) => colleague(data),
    "notification.created": (data) => noteNotice(data),
    "notification.updated": (data) => noteNoticesRead(data),
    "conversation.viewing": heardViewing,
    "draft.changed": (data) => { if (data.user_id === me()?.id) draftsMayHaveChanged(); },
    "mail.updated": (data) => noteMail(data),
    "mail.health": (data) => heardMailHealth(data as unknown as MailHealth),
    "continuity_check.updated": (data) => heardOfCheck((data as { inbox_id?: number }).inbox_id ?? 0),
    "contact.page": (data) => heardPage(data),
    "conversation.gone": (data) => gone(data as { id?: number; into?: number | null }),
    // The first event of a line that began without a cursor.
    "stream.ready": () => { if (bare) catchUp(); },
    "stream.reset": () => void startOver(),
};

function message(data: Heard): void {
    const heard = data as unknown as Message;
    if (typeof heard.id !== "number" || typeof heard.conversation_id !== "number") return;
    // What the stream brings back has arrived, whatever became of the answer.
    if (typeof heard.echo_id === "string") dropUnsent(heard.conversation_id, heard.echo_id);
    if (heard.private) noteWritten();
    noteInThread(heard);
    noteInRow(heard);
    if (heard.message_type === 0) heardTyping(heard.conversation_id, { id: 0, name: "", agent: false, private: false }, false);
    if (heard.message_type === 1 && heard.sender?.type === "user") {
        heardTyping(heard.conversation_id, { id: heard.sender.id, name: "", agent: true, private: false }, false);
        if (heard.sender.id === me()?.id) noteSent(heard.conversation_id, heard.content ?? "", heard.private);
    }
}

/** What came while the line was away is no news any more. */
const fresh = 60;

function soundFor(data: Heard): void {
    const heard = data as unknown as Message;
    if (heard.message_type === 0 && !isBeforeEyes(heard.conversation_id) && Date.now() / 1000 - heard.created_at < fresh) alertOfMessage();
}

function conversation(data: Heard): void {
    const heard = (data.conversation ?? data) as unknown as Conversation;
    if (typeof heard.id !== "number") return;
    if (heard.meta?.sender === undefined && conversations.get(heard.id) === undefined) {
        void load(heard.id).catch(() => undefined);
        return;
    }
    learn(heard);
    if (!heard.continuity && heard.id === current()) void load(heard.id).catch(() => undefined);
}

/** Somebody came, has another name or role, or is gone: then their conversations are nobody's. One's own role changes what one may do. */
function colleague({ id }: { id?: number }): void {
    void loadAgents().catch(() => undefined);
    if (id === me()?.id) void ask();
    void refresh().catch(() => undefined);
}

/** A conversation went into another one, or was deleted. */
function gone({ id, into }: { id?: number; into?: number | null }): void {
    if (typeof id !== "number") return;
    conversations.remove(id);
    void refresh().catch(() => undefined);
    if (current() === id) openConversation(into ?? null);
    else if (typeof into === "number" && current() === into) void open(into);
}

function contact(heard: Contact): void {
    if (typeof heard.id !== "number") return;
    for (const one of [...conversations.values()]) {
        if (one.meta.sender.id !== heard.id) continue;
        learn({ ...one, meta: { ...one.meta, sender: { ...one.meta.sender, ...heard } } });
        // Another address changes how answers reach them.
        if (one.id === current()) void load(one.id).catch(() => undefined);
    }
}

function typingHeard(data: Heard, on: boolean): void {
    const where = data.conversation as { id?: number } | undefined;
    const who = data.user as { id?: number; name?: string; type?: string } | undefined;
    if (typeof where?.id !== "number") return;
    heardTyping(where.id, { id: who?.id ?? 0, name: who?.name ?? "", agent: who?.type === "user", private: data.is_private === true }, on);
}

/** The cursor was too old: everything on screen is loaded again. */
async function startOver(): Promise<void> {
    forget();
    const id = current();
    mailsMayBeMissed();
    void loadNotices().catch(() => undefined);
    void loadMailHealth().catch(() => undefined);
    draftsMayHaveChanged();
    void loadViewers().catch(() => undefined);
    await Promise.all([reload(), loadDirectory(), id === null ? undefined : open(id)]);
    recount();
}

/** A line without a cursor tells nothing of what came between the loading of the page and now. */
function catchUp(): void {
    const id = current();
    mailsMayBeMissed();
    void loadNotices().catch(() => undefined);
    void loadViewers().catch(() => undefined);
    draftsMayHaveChanged();
    askForPagesAgain();
    void refresh().catch(() => undefined);
    if (id !== null) void open(id);
}

let source: EventSource | null = null;
let lastID = "";
let bare = true;
let pauses = 0;
let lateTimer = 0;
let retryTimer = 0;

/** A computer that slept comes back with a line that is dead without knowing it. */
const longAway = 60_000;
let hiddenAt = 0;

function wake(): void {
    if (document.visibilityState === "hidden") hiddenAt = Date.now();
    else if (hiddenAt > 0 && Date.now() - hiddenAt > longAway) rejoin();
}

export function connect(): void {
    rejoin();
    window.addEventListener("online", rejoin);
    document.addEventListener("visibilitychange", wake);
}

/** Closes the line and opens it again where it was: what was missed comes, once. */
function rejoin(): void {
    hang();
    join();
}

export function disconnect(): void {
    hang();
    window.removeEventListener("online", rejoin);
    document.removeEventListener("visibilitychange", wake);
}

function hang(): void {
    source?.close();
    source = null;
    window.clearTimeout(lateTimer);
    window.clearTimeout(retryTimer);
}

function join(): void {
    const token = me()?.pubsub_token;
    if (token === undefined) return;
    bare = lastID === "";
    const cursor = bare ? "" : `&last_event_id=${encodeURIComponent(lastID)}`;
    const stream = new EventSource(`/events?pubsub_token=${encodeURIComponent(token)}${cursor}`);
    source = stream;
    stream.onopen = () => {
        pauses = 0;
        window.clearTimeout(lateTimer);
        line.set("live");
        saveDrafts();
    };
    stream.onerror = () => {
        window.clearTimeout(lateTimer);
        lateTimer = window.setTimeout(() => line.set("late"), 2500);
        // The browser tries again by itself, except where the answer was not a stream.
        if (stream.readyState !== EventSource.CLOSED) return;
        // Perhaps because nobody is signed in here any more: this asks, and then the page says so.
        void get("/api/v1/profile").catch(() => undefined);
        pauses = Math.min(pauses + 1, 6);
        window.clearTimeout(retryTimer);
        retryTimer = window.setTimeout(join, 500 * 2 ** pauses * (0.75 + Math.random() / 2));
    };
    for (const [name, react] of Object.entries(reactions)) {
        stream.addEventListener(name, (event) => {
            const said = event as MessageEvent<string>;
            if (said.lastEventId !== "") lastID = said.lastEventId;
            const data = parse(said.data);
            if (data !== null) react(data);
        });
    }
}

function parse(text: string): Heard | null {
    try {
        const value = JSON.parse(text || "{}") as unknown;
        return value !== null && typeof value === "object" ? (value as Heard) : null;
    } catch {
        return null;
    }
}
