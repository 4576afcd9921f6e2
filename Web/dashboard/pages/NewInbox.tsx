import { useState } from "react";
import type { FormEvent } from "react";
import { explain, post } from "../model/api";
import { inboxes, loadInboxes } from "../model/directory";
import { go } from "../model/route";
import { account, me } from "../model/session";
import { say } from "../model/toasts";
import type { Inbox } from "../model/types";
import { Field } from "../parts/Small";
import { words } from "../words";
import { isWebAddress } from "./Inboxes";

export function NewInbox({ kind }: { kind: "website" | "email" }): JSX.Element {
    // The first one bears the company's name, until somebody writes another.
    const [name, setName] = useState(inboxes.value.length === 0 ? me()?.accounts?.[0]?.name ?? "" : "");
    const [place, setPlace] = useState(kind === "website" ? "https://" : "");
    const [checked, setChecked] = useState(false);
    const [error, setError] = useState<string | null>(null);
    const [working, setWorking] = useState(false);
    const placeError = kind === "website" ? (isWebAddress(place) ? null : words.inboxes.badURL)
        : (/^[^\s@]+@[^\s@]+$/.test(place.trim()) ? null : words.inboxes.badEmail);
    const nameError = name.trim() === "" ? words.inboxes.required : null;

    const submit = (event: FormEvent): void => {
        event.preventDefault();
        setChecked(true);
        if (placeError !== null || nameError !== null) return;
        setWorking(true);
        setError(null);
        const channel = kind === "website" ? { type: "web_widget", website_url: place.trim(), continuity_via_email: true }
            : { type: "email", email: place.trim() };
        post<Inbox>(account("/inboxes"), { name: name.trim(), channel })
            .then(async (inbox) => {
                await loadInboxes().catch(() => undefined);
                say(words.inboxes.created);
                // A website's snippet comes first; an address is all about its mail.
                go({ page: "settings", section: "inboxes", id: inbox.id, part: kind === "email" ? "email" : undefined }, true);
            })
            .catch((failure: unknown) => { setError(explain(failure)); setWorking(false); });
    };
    return (
        <article className="page-body">
            <h2>{kind === "website" ? words.inboxes.newWebsite : words.inboxes.newEmail}</h2>
            <form className="card form" onSubmit={submit} noValidate>
                <Field label={words.inboxes.name} hint={words.inboxes.nameHint} error={checked ? nameError : null}>
                    <input autoFocus value={name} onChange={(event) => setName(event.target.value)} /></Field>
                {kind === "website"
                    ? <Field label={words.inboxes.websiteURL} error={checked ? placeError : null}>
                        <input type="url" value={place} onChange={(event) => setPlace(event.target.value)} /></Field>
                    : <Field label={words.inboxes.address} hint={words.inboxes.addressHint} error={checked ? placeError : null}>
                        <input type="email" value={place} placeholder="support@example.com"
                            onChange={(event) => setPlace(event.target.value)} /></Field>}
                {error !== null && <p className="field-error" role="alert">{error}</p>}
                <div className="form-buttons">
                    <button type="submit" className="button primary" disabled={working}>
                        {working ? words.inboxes.creating : words.inboxes.create}</button></div>
            </form>
        </article>
    );
}
