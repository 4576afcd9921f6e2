import { APIError, get, parting, put } from "./api";
import { Cell } from "./cells";
import { account, me } from "./session";
import type { DeliveryChoice } from "./types";

/**
 * What was begun and not sent, for each conversation. The server keeps it for all of the agent's devices; this browser keeps it until the
 * server has it, so that neither a closed page nor a server that restarts loses a word.
 */
export interface Draft { reply: string; note: string }
/** `kept`: the server has exactly this. */
interface Stored extends Draft { kept: boolean }

/** The first words of each draft, for the list. */
export const draftPreviews = new Cell<Record<number, string>>({});

/** After the last key, and while somebody types on and on. */
const savedAfter = 800;
const savedAtLatest = 5_000;
const triedAgainAfter = { first: 2_000, longest: 30_000 };

const prefix = (): string => `throughline.draft.${me()?.id ?? 0}.`;
const empty: Draft = { reply: "", note: "" };
const isEmpty = (value: Draft): boolean => value.reply.trim() === "" && value.note.trim() === "";

/** What storage forbids is kept for the life of the page. */
const memory = new Map<string, string>();

function read(id: number): Stored {
    const key = prefix() + id;
    try {
        return { ...empty, kept: true, ...(JSON.parse(memory.get(key) ?? localStorage.getItem(key) ?? "{}") as Partial<Stored>) };
    } catch {
        return { ...empty, kept: true };
    }
}

function write(id: number, value: Stored): void {
    const key = prefix() + id;
    const text = isEmpty(value) && value.kept ? null : JSON.stringify(value);
    try {
        memory.delete(key);
        if (text === null) localStorage.removeItem(key);
        else localStorage.setItem(key, text);
    } catch {
        if (text !== null) memory.set(key, text);
    }
    show(id, value);
}

function show(id: number, value: Draft): void {
    const text = (value.reply.trim() || value.note.trim()).slice(0, 120);
    draftPreviews.update((now) => {
        if ((now[id] ?? "") === text) return now;
        const next = { ...now, [id]: text };
        if (text === "") delete next[id];
        return next;
    });
}

/** The conversations that this browser knows a draft of. */
function known(): number[] {
    const keys = [...memory.keys()];
    try {
        for (let index = 0; index < localStorage.length; index += 1) keys.push(localStorage.key(index) ?? "");
    } catch { /* storage is forbidden: memory has it */ }
    return keys.filter((key) => key.startsWith(prefix())).map((key) => Number(key.slice(prefix().length))).filter((id) => id > 0);
}

export function draft(id: number): Draft {
    const { reply, note } = read(id);
    return { reply, note };
}

interface Saving { timer: number; since: number; busy: boolean; failures: number }
const savings = new Map<number, Saving>();

/** Keeps what is written now, and has the server keep it when the keys rest. */
export function keepDraft(id: number, value: Draft): void {
    write(id, { ...value, kept: false });
    const saving = savings.get(id) ?? { timer: 0, since: Date.now(), busy: false, failures: 0 };
    savings.set(id, saving);
    const wait = isEmpty(value) ? 0 : Math.max(0, Math.min(savedAfter, saving.since + savedAtLatest - Date.now()));
    window.clearTimeout(saving.timer);
    saving.timer = window.setTimeout(() => void save(id), wait);
}

/** One request at a time for each conversation: what was written last is what the server has in the end. */
async function save(id: number): Promise<void> {
    const saving = savings.get(id);
    if (saving === undefined || saving.busy) return;
    window.clearTimeout(saving.timer);
    const sent = read(id);
    if (sent.kept) { savings.delete(id); return; }
    saving.busy = true;
    try {
        await put(account(`/conversations/${id}/draft`), { reply: sent.reply, note: sent.note });
        settle(id, sent);
        saving.failures = 0;
    } catch (error) {
        saving.failures += 1;
        // Refused for good: the browser goes on keeping it.
        if (error instanceof APIError && error.status >= 400 && error.status < 500 && error.status !== 429) { savings.delete(id); return; }
        saving.timer = window.setTimeout(() => void save(id),
            Math.min(triedAgainAfter.first * 2 ** (saving.failures - 1), triedAgainAfter.longest));
        return;
    } finally {
        saving.busy = false;
        saving.since = Date.now();
    }
    // Written on meanwhile: once more.
    if (read(id).kept) savings.delete(id);
    else saving.timer = window.setTimeout(() => void save(id), savedAfter);
}

function settle(id: number, sent: Draft): void {
    const now = read(id);
    if (now.reply === sent.reply && now.note === sent.note) write(id, { ...now, kept: true });
}

/** Saves what waits without waiting longer: a conversation is left, the line is back. */
export function saveDrafts(): void {
    for (const id of savings.keys()) void save(id);
}

/** The page goes: what waits is sent along, and stays here until the server has said that it has it. */
function part(): void {
    for (const [id, saving] of savings) {
        const { reply, note, kept } = read(id);
        if (!kept && !saving.busy) parting("PUT", account(`/conversations/${id}/draft`), { reply, note });
    }
}
window.addEventListener("pagehide", part);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") saveDrafts(); });

/** What this browser and the server have, for the list. What the server lacks is brought to it. */
export function loadDrafts(): void {
    for (const id of known()) {
        const value = read(id);
        show(id, value);
        if (!value.kept) keepDraft(id, { reply: value.reply, note: value.note });
    }
    draftsMayHaveChanged();
}

/** Another device of the agent began or ended a draft. */
export function draftsMayHaveChanged(): void {
    void get<{ payload: (Draft & { conversation_id: number })[] }>(account("/drafts")).then((answer) => {
        const theirs = new Map(answer.payload.map((row) => [row.conversation_id, row]));
        for (const id of new Set([...theirs.keys(), ...known(), ...Object.keys(draftPreviews.value).map(Number)])) {
            const mine = read(id);
            if (!mine.kept) continue;
            const row = theirs.get(id);
            if (row === undefined) write(id, { ...empty, kept: true });
            else show(id, row);
        }
    }).catch(() => undefined);
}

/** The server's draft, in full; what this browser has and the server not yet comes first. */
export async function fetchDraft(id: number): Promise<Draft> {
    if (read(id).kept) {
        const { reply, note } = await get<Draft>(account(`/conversations/${id}/draft`));
        if (read(id).kept) write(id, { reply, note, kept: true });
    }
    return draft(id);
}

/** A draft that became another one without a key of this page: its message was sent from another device. */
export const draftElsewhere = new Cell<{ id: number; value: Draft } | null>(null);

export function noteSent(id: number, content: string, isNote: boolean): void {
    const { reply, note, kept } = read(id);
    if (!kept || content.trim() === "" || (isNote ? note : reply).trim() !== content.trim()) return;
    const value = isNote ? { reply, note: "" } : { reply: "", note };
    write(id, { ...value, kept: true });
    draftElsewhere.set({ id, value });
}

/** A message that the server has not accepted: kept until it has, so that a closed tab loses nothing. */
export interface Unsent { echo: string; content: string; private: boolean; choice: DeliveryChoice; at: number }
const unsentKey = (id: number): string => `throughline.unsent.${id}`;

export function unsent(id: number): Unsent[] {
    try {
        const stored = JSON.parse(localStorage.getItem(unsentKey(id)) ?? "[]") as unknown;
        return Array.isArray(stored) ? (stored as Unsent[]) : [];
    } catch { return []; }
}

export function keepUnsent(id: number, message: Unsent): void {
    store(id, [...unsent(id).filter((one) => one.echo !== message.echo), message]);
}

export function dropUnsent(id: number, echo: string): void {
    store(id, unsent(id).filter((one) => one.echo !== echo));
}

function store(id: number, messages: Unsent[]): void {
    try {
        if (messages.length === 0) localStorage.removeItem(unsentKey(id));
        else localStorage.setItem(unsentKey(id), JSON.stringify(messages));
    } catch { /* it stays on screen */ }
}
