import type { ReactNode } from "react";
import { words } from "../../words";
import type { InboxForm } from "./useInboxForm";

/** The form of a tab with its one button. `isWhole`: nothing in it is known to be wrong. */
export function TabForm<Fields extends object>({ form, isWhole = true, children }: {
    form: InboxForm<Fields>; isWhole?: boolean; children: ReactNode;
}): JSX.Element {
    const canSave = form.isNew && isWhole && form.working === null;
    return (
        <form noValidate onSubmit={(event) => { event.preventDefault(); if (canSave) form.save(); }}>
            {children}
            {form.error !== null && <p className="field-error" role="alert">{form.error}</p>}
            <div className="save-bar">
                <button type="submit" className="button primary" disabled={!canSave}>{form.working ?? words.inboxes.save}</button>
                {form.isNew && form.working === null && <span className="absent">{words.inboxes.unsaved}</span>}
            </div>
        </form>
    );
}
