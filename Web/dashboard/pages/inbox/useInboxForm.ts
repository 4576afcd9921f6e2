import { useState } from "react";
import { patch } from "../../model/api";
import { loadInboxes } from "../../model/directory";
import { account } from "../../model/session";
import { say } from "../../model/toasts";
import type { Inbox } from "../../model/types";
import { useForm } from "../../parts/useForm";
import type { Form } from "../../parts/useForm";
import { words } from "../../words";

export interface InboxForm<Fields extends object> extends Form<Fields> {
    /** Something is written here that is not kept yet. */
    isNew: boolean;
    save: () => void;
}

/** What every tab is told: the inbox, and where to say that it has changed. */
export interface TabOf { inbox: Inbox; changed: (inbox: Inbox) => void }

/** One tab's part of an inbox. `body`: what the API is sent of the fields. */
export function useInboxForm<Fields extends object>({ inbox, changed }: TabOf, start: Fields, body: (fields: Fields) => object): InboxForm<Fields> {
    const [kept, setKept] = useState(start);
    const form = useForm(start);
    const { fields } = form;
    const save = (): void => form.run(words.inboxes.saving, async () => {
        changed(await patch<Inbox>(account(`/inboxes/${inbox.id}`), body(fields)));
        setKept(fields);
        say(words.inboxes.saved);
        await loadInboxes().catch(() => undefined);
    });
    return { ...form, isNew: JSON.stringify(fields) !== JSON.stringify(kept), save };
}
