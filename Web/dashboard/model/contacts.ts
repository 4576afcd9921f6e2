import { get, post, put, query } from "./api";
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
    const saved = { ...contacts.get(id), ...(answer?.payload ?? part), id } as Contact;
    contacts.put(saved);
    for (const one of [...conversations.values()]) {
        if (one.meta.sender.id === id) learn({ ...one, meta: { ...one.meta, sender: { ...one.meta.sender, ...saved } } });
    }
}

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
