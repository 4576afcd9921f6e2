import { useEffect } from "react";
import { explain, get } from "./api";
import { Cell, useCell } from "./cells";
import { account } from "./session";

/** A page of the website on which a contact was. */
export interface Page { url: string; title: string; seen_at: number }

interface Known { contact: number; rows: Page[]; error: string | null }

/** The server keeps so many. */
const most = 10;

/** The last pages of the contact whose conversation is open, the newest first. */
const known = new Cell<Known>({ contact: 0, rows: [], error: null });

function load(contact: number): void {
    const learn = (part: Partial<Known>): void => known.update((now) => (now.contact === contact ? { ...now, ...part } : now));
    get<{ payload: Page[] }>(account(`/contacts/${contact}/pages`)).then(({ payload }) => learn({ rows: payload, error: null }))
        .catch((failure: unknown) => learn({ error: explain(failure) }));
}

/** What several views of one conversation watch is asked for once. */
export function useLastPages(contact: number): { pages: Page[]; error: string | null } {
    const now = useCell(known);
    useEffect(() => {
        if (known.value.contact === contact) return;
        known.set({ contact, rows: [], error: null });
        load(contact);
    }, [contact]);
    return now.contact === contact ? { pages: now.rows, error: now.error } : { pages: [], error: null };
}

/** After a failure, and when the line was away so long that something may have been missed. */
export function askForPagesAgain(): void {
    if (known.value.contact !== 0) load(known.value.contact);
}

/** A contact came to another page. */
export function heardPage({ contact_id: contact, page }: { contact_id?: number; page?: Page }): void {
    if (typeof page?.url !== "string") return;
    known.update((now) => (now.contact === contact ? { ...now, rows: [page, ...now.rows].slice(0, most) } : now));
}

/** `/pricing`, for one line; the whole address where it is none. */
export function pathOf(url: string): string {
    try {
        return decodeURI(new URL(url).pathname);
    } catch {
        return url;
    }
}

/** Only a whole address of the web is worth a click: one of which the server has left something out leads nowhere. */
export function isWhole(url: string): boolean {
    return /^https?:\/\//.test(url) && !url.includes("…");
}
