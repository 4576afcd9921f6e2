import { APIError, get, parting, put } from "./api";
import { Cell } from "./cells";
import { current } from "./route";
import { account, me } from "./session";
import { appended } from "./suggestion";
import type { DeliveryChoice } from "./types";

/**
 * What was begun and not sent, for each conversation. The server keeps it for all of the agent's devices; this browser keeps it until the
 * server has it, so that neither a closed page nor a server that restarts loses a word.
 */
export interface Draft { reply: string; note: string }
type Part = keyof Draft;
/** `kept`: the server has exactly this. Else `lacks` says which part it has not: the other one may be newer there. */
interface Stored extends Draft { kept: boolean; lacks?: Part[] }

/** The first words of each draft, for the list. */
export const draftPreviews = new Cell<Record<number, string>>({});

/** After the last key, and while somebody types on and on. */
const savedAfter = 800;
const savedAtLatest = 5_000;
const triedAgainAfter = { first: 2_000, longest: 30_000 };

const prefix = (): string => `throughline.draft.${me()?.id ?? 0}.`;
const empty: Draft = { reply: "", note: "" };
const isEmpty = (value: Draft): boolean => value.reply.trim() === "" && value.note.trim() === "";
const parts: Part[] = ["reply", "note"];
const lacking = (value: Stored): Part[] => (value.kept ? [] : value.lacks ?? parts);
const same = (one: Draft, other: Draft): boolean => one.reply === other.reply && one.note === other.note;
/** What the server has to be told: the part that it has already is left as it is. */
const body = (value: Stored): Partial<Draft> => Object.fromEntries(lacking(value).map((part) => [part, value[part]]));

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
    const before = read(id);
    const unknown = lacking(before);
    const lacks = parts.filter((part) => unknown.includes(part) || before[part] !== value[part]);
    if (lacks.length === 0) return;
    write(id, { ...value, kept: false, lacks });
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
        await put(account(`/conversations/${id}/draft`), body(sent));
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

function settle(id: number, sent: Stored): void {
    const now = read(id);
    const told = lacking(sent);
    const lacks = lacking(now).filter((part) => !told.includes(part) || now[part] !== sent[part]);
    write(id, { reply: now.reply, note: now.note, kept: lacks.length === 0, lacks });
}

/** Saves what waits without waiting longer: a conversation is left, the line is back. */
export function saveDrafts(): void {
    for (const id of savings.keys()) void save(id);
}

/** The page goes: what waits is sent along, and stays here until the server has said that it has it. */
function part(): void {
    for (const [id, saving] of savings) {
        const value = read(id);
        if (!value.kept && !saving.busy) parting("PUT", account(`/conversations/${id}/draft`), body(value));
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

/** So many drafts are listed; where there are more, one that is missing may be there all the same. */
const mostListed = 500;

/** Another device of the agent began or ended a draft. */
export function draftsMayHaveChanged(): void {
    const before = new Map(known().map((id) => [id, read(id)]));
    void get<{ payload: (Draft & { conversation_id: number })[] }>(account("/drafts")).then((answer) => {
        const theirs = new Map(answer.payload.map((row) => [row.conversation_id, row]));
        for (const id of new Set([...theirs.keys(), ...known(), ...Object.keys(draftPreviews.value).map(Number)])) {
            const mine = read(id);
            if (!mine.kept) continue;
            const row = theirs.get(id);
            if (row !== undefined) { show(id, row); continue; }
            // What was written while the answer was on its way is newer than it.
            const old = before.get(id) ?? { ...empty, kept: true };
            if (answer.payload.length >= mostListed || !old.kept || !same(old, mine)) continue;
            write(id, { ...empty, kept: true });
            if (!isEmpty(mine)) tellField(id);
        }
    }).catch(() => undefined);
}

/** The server's draft, in full; what this browser has and the server not yet comes first. */
export async function fetchDraft(id: number): Promise<Draft> {
    const before = read(id);
    if (before.kept) {
        const { reply, note } = await get<Draft>(account(`/conversations/${id}/draft`));
        const now = read(id);
        if (now.kept && same(before, now)) write(id, { reply, note, kept: true });
    }
    return draft(id);
}

/** A draft that became another one without a key of this page: it was written on or sent from another device or window. */
export const draftElsewhere = new Cell<{ id: number; value: Draft } | null>(null);

function tellField(id: number): void {
    if (id === current()) draftElsewhere.set({ id, value: draft(id) });
}

// Windows of one browser share what is kept: what was sent from one does not stay in the other's field.
window.addEventListener("storage", ({ key }) => {
    const id = key?.startsWith(prefix()) === true ? Number(key.slice(prefix().length)) : 0;
    if (!(id > 0)) return;
    show(id, draft(id));
    tellField(id);
});

/** Puts a text behind what was begun as a reply in a conversation that is not on screen. */
export async function addToDraft(id: number, text: string): Promise<void> {
    const kept = await fetchDraft(id).catch(() => draft(id));
    keepDraft(id, { ...kept, reply: appended(kept.reply, text) });
    tellField(id);
}

export function noteSent(id: number, content: string, isNote: boolean): void {
    const { reply, note, kept } = read(id);
    if (!kept || content.trim() === "" || (isNote ? note : reply).trim() !== content.trim()) return;
    write(id, { ...(isNote ? { reply, note: "" } : { reply: "", note }), kept: true });
    tellField(id);
}

/** A message that the server has not accepted: kept until it has, so that a closed tab loses nothing. */
export interface Unsent { echo: string; content: string; private: boolean; choice: DeliveryChoice; copies?: string[]; at: number }
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
