import { del, get, post, put, query } from "./api";
import { Table } from "./cells";
import { conversations, learn, learnAll } from "./conversations";
import { account } from "./session";
import type { Contact, Conversation } from "./types";

/** Contacts that this page has met. */
export const contacts = new Table<Contact>();

/** A page of contacts; 15 on each, as the API has it. */
export async function findContacts(text: string, page: number): Promise<{ rows: Contact[]; count: number }> {
    const path = text === "" ? account("/contacts") + query({ page, sort: "-last_activity_at" })
        : account("/contacts/search") + query({ q: text, page, sort: "-last_activity_at" });
    const answer = await get<{ payload: Contact[]; meta: { count: number } }>(path);
    contacts.putAll(answer.payload);
    return { rows: answer.payload, count: answer.meta.count };
}

export async function loadContact(id: number): Promise<Contact> {
    const answer = await get<{ payload: Contact }>(account(`/contacts/${id}`));
    contacts.put(answer.payload);
    return answer.payload;
}

/** Changes a contact; every conversation with them shows it at once. */
export async function saveContact(id: number, part: { name: string; email: string | null; phone_number: string | null }): Promise<void> {
    const answer = await put<{ payload?: Contact } & Partial<Contact>>(account(`/contacts/${id}`), part);
    keep({ ...contacts.get(id), ...(answer?.payload ?? part), id } as Contact);
}

/** Sets one attribute of a contact; null takes it away. */
export async function setContactAttribute(id: number, name: string, value: string | null): Promise<void> {
    const answer = value === null
        ? await post<{ payload: Contact }>(account(`/contacts/${id}/destroy_custom_attributes`), { custom_attributes: [name] })
        : await put<{ payload: Contact }>(account(`/contacts/${id}`), { custom_attributes: { [name]: value } });
    keep(answer.payload);
}

/** Blocked: nothing goes out to them any more. */
export async function setBlocked(id: number, blocked: boolean): Promise<void> {
    keep((await put<{ payload: Contact }>(account(`/contacts/${id}`), { blocked })).payload);
}

function keep(saved: Contact): void {
    contacts.put(saved);
    for (const one of [...conversations.values()]) {
        if (one.meta.sender.id === saved.id) learn({ ...one, meta: { ...one.meta, sender: { ...one.meta.sender, ...saved } } });
    }
}

export interface ContactNote { id: number; content: string; created_at: number; user: { id: number; name: string; thumbnail?: string | null } | null }

export const notesAbout = (id: number): Promise<ContactNote[]> => get(account(`/contacts/${id}/notes`));
export const addNote = (id: number, content: string): Promise<ContactNote> => post(account(`/contacts/${id}/notes`), { content });
export const dropNote = (id: number, note: number): Promise<void> => del(account(`/contacts/${id}/notes/${note}`));

export async function conversationsOf(id: number): Promise<Conversation[]> {
    const answer = await get<{ payload: Conversation[] }>(account(`/contacts/${id}/conversations`));
    learnAll(answer.payload);
    return [...answer.payload].sort((a, b) => (b.last_activity_at ?? 0) - (a.last_activity_at ?? 0));
}

/** Makes two contacts one: the first stays, with all that was the second's. */
export async function mergeContacts(base: number, mergee: number): Promise<void> {
    const merged = await post<Contact>(account("/actions/contact_merge"), { base_contact_id: base, mergee_contact_id: mergee });
    contacts.remove(mergee);
    contacts.put(merged);
    for (const one of [...conversations.values()]) {
        if (one.meta.sender.id === mergee || one.meta.sender.id === base) learn({ ...one, meta: { ...one.meta, sender: merged } });
    }
}
