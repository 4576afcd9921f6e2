import { useCallback, useEffect, useState } from "react";
import { explain } from "../model/api";
import { useCell } from "../model/cells";
import { inboxes, loadInboxes } from "../model/directory";
import { link } from "../model/route";
import type { Inbox } from "../model/types";
import { Icon } from "../parts/Icon";
import { Spinner, Trouble } from "../parts/Small";
import { words } from "../words";

export const isEmail = (inbox: Inbox): boolean => inbox.channel_type.toLowerCase().includes("email");

/** The full address of a website, as a person writes it. */
export function isWebAddress(text: string): boolean {
    try {
        const url = new URL(text.trim());
        return /^https?:$/.test(url.protocol) && url.hostname !== "";
    } catch {
        return false;
    }
}

export function Inboxes(): JSX.Element {
    const rows = useCell(inboxes);
    const [loading, setLoading] = useState(true);
    const [error, setError] = useState<string | null>(null);
    const load = useCallback(() => {
        setError(null);
        loadInboxes().catch((failure: unknown) => setError(explain(failure))).finally(() => setLoading(false));
    }, []);
    useEffect(load, [load]);
    return (
        <article className="page-body">
            <header className="page-head">
                <div><h2>{words.inboxes.title}</h2><p className="page-lead">{words.inboxes.lead}</p></div>
                {rows.length > 0 && <div className="page-actions">
                    <a className="button" {...link({ page: "settings", section: "inboxes", id: "new-email" })}>
                        <Icon name="mail" size={16} />{words.inboxes.newEmail}</a>
                    <a className="button primary" {...link({ page: "settings", section: "inboxes", id: "new-website" })}>
                        <Icon name="plus" size={16} />{words.inboxes.newWebsite}</a>
                </div>}
            </header>
            {error !== null && <Trouble text={error} retry={load} />}
            {loading && rows.length === 0 && <Spinner label={words.inboxes.loading} />}
            {!loading && error === null && rows.length === 0 && <FirstDoor />}
            {rows.length > 0 && <ul className="card flush inbox-rows">
                {rows.map((inbox) => (
                    <li key={inbox.id}>
                        <a {...link({ page: "settings", section: "inboxes", id: inbox.id })}>
                            <span className="inbox-icon" style={{ color: isEmail(inbox) ? undefined : inbox.widget_color ?? undefined }}>
                                <Icon name={isEmail(inbox) ? "mail" : "globe"} size={18} /></span>
                            <span className="inbox-words"><b>{inbox.name}</b>
                                <span>{isEmail(inbox) ? inbox.email : inbox.website_url}</span></span>
                            {!isEmail(inbox) && <span className="pill"
                                data-tone={inbox.continuity_via_email === false ? undefined : "good"}>
                                    {inbox.continuity_via_email === false ? words.inboxes.off : words.inboxes.on}</span>}
                            <span className="inbox-go"><Icon name="chevron" size={14} /></span>
                        </a>
                    </li>
                ))}
            </ul>}
        </article>
    );
}

/** Nothing is set up yet: the two ways to begin. */
function FirstDoor(): JSX.Element {
    const { first } = words.inboxes;
    return (
        <section className="first-door">
            <h3>{first.title}</h3>
            <p className="page-lead">{first.lead}</p>
            <div className="first-doors">
                <a className="card" {...link({ page: "settings", section: "inboxes", id: "new-website" })}>
                    <span className="empty-icon"><Icon name="globe" size={24} /></span><b>{first.website}</b><span>{first.websiteText}</span></a>
                <a className="card" {...link({ page: "settings", section: "inboxes", id: "new-email" })}>
                    <span className="empty-icon"><Icon name="mail" size={24} /></span><b>{first.email}</b><span>{first.emailText}</span></a>
            </div>
        </section>
    );
}
