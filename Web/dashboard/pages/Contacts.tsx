import { useCallback, useEffect, useRef, useState } from "react";
import { ContactCard } from "../details/ContactCard";
import { MergeContact } from "../details/MergeContact";
import { wishes } from "../keys/registry";
import { explain } from "../model/api";
import { useCell, useRow } from "../model/cells";
import { contacts, conversationsOf, findContacts, loadContact } from "../model/contacts";
import { called } from "../model/names";
import { go, link } from "../model/route";
import { ago, atDay, useSlowClock } from "../model/time";
import type { Conversation } from "../model/types";
import { Avatar } from "../parts/Avatar";
import { ConversationLinks } from "../parts/ConversationLinks";
import { Icon } from "../parts/Icon";
import { Empty, Spinner, Trouble } from "../parts/Small";
import { words } from "../words";

export function Contacts({ id }: { id: number | null }): JSX.Element {
    return (
        <main className="page split-page" data-open={id !== null || undefined}>
            <ContactList selected={id} />
            <div className="page-main">
                {id === null ? <Empty icon="people" title={words.contacts.none}>{words.contacts.noneText}</Empty>
                    : <ContactPage key={id} id={id} />}
            </div>
        </main>
    );
}

function ContactList({ selected }: { selected: number | null }): JSX.Element {
    const [text, setText] = useState("");
    const [ids, setIds] = useState<number[]>([]);
    const [count, setCount] = useState<number | null>(null);
    const [page, setPage] = useState(0);
    const [loading, setLoading] = useState(true);
    const [error, setError] = useState<string | null>(null);
    const turn = useRef(0);
    const field = useRef<HTMLInputElement>(null);
    const asked = useCell(wishes.search);
    const seen = useRef(asked);
    useEffect(() => { if (seen.current !== asked) field.current?.focus(); seen.current = asked; }, [asked]);

    const fetchPage = useCallback((wanted: string, number: number) => {
        turn.current += 1;
        const mine = turn.current;
        setLoading(true);
        setError(null);
        findContacts(wanted, number).then(({ rows, count: all }) => {
            if (mine !== turn.current) return;
            setIds((now) => (number === 1 ? rows.map((row) => row.id) : [...new Set([...now, ...rows.map((row) => row.id)])]));
            setCount(all);
            setPage(number);
            setLoading(false);
        }).catch((failure: unknown) => {
            if (mine !== turn.current) return;
            setError(explain(failure));
            setLoading(false);
        });
    }, []);
    useEffect(() => {
        const timer = window.setTimeout(() => fetchPage(text.trim(), 1), text === "" ? 0 : 250);
        return () => window.clearTimeout(timer);
    }, [text, fetchPage]);

    return (
        <section className="list page-list" aria-label={words.contacts.title}>
            <header className="list-head">
                <div className="list-title"><h1>{words.contacts.title}</h1>
                    {count !== null && <span className="title-count">{words.contacts.count(count)}</span>}</div>
                <div className="search">
                    <Icon name="search" size={16} />
                    <input ref={field} type="search" value={text} placeholder={words.contacts.search} aria-label={words.contacts.search}
                        onChange={(event) => setText(event.target.value)}
                        onKeyDown={(event) => { if (event.key === "Escape") { event.preventDefault(); setText("");
                            field.current?.blur(); } }} />
                </div>
            </header>
            <div className="list-scroll">
                {error !== null && <Trouble text={error} retry={() => fetchPage(text.trim(), 1)} />}
                {!loading && error === null && ids.length === 0 && (text === ""
                    ? <Empty icon="people" title={words.contacts.empty}>{words.contacts.emptyText}</Empty>
                        : <Empty icon="search" title={words.contacts.emptySearch} />)}
                {ids.map((one) => <ContactRow key={one} id={one} selected={one === selected} />)}
                {loading && <div className="list-more"><Spinner label={words.contacts.loading} /></div>}
                {!loading && count !== null && ids.length < count &&
                    <div className="list-more">
                        <button type="button" className="button" onClick={() => fetchPage(text.trim(), page + 1)}>{words.contacts.more}
                            </button></div>}
            </div>
        </section>
    );
}

function ContactRow({ id, selected }: { id: number; selected: boolean }): JSX.Element | null {
    const contact = useRow(contacts, id);
    const now = useSlowClock();
    if (contact === undefined) return null;
    const name = called(contact);
    return (
        <a className="row contact-row" {...link({ page: "contacts", id })} aria-current={selected ? "true" : undefined}>
            <Avatar name={name} picture={contact.thumbnail} size={36} />
            <span className="row-main">
                <span className="row-top"><span className="row-name">{name}</span>
                    {contact.last_activity_at ? <time className="row-time">{ago(contact.last_activity_at, now)}</time> : null}</span>
                <span className="row-preview">{contact.email || contact.phone_number || words.details.noEmail}</span>
            </span>
        </a>
    );
}

function ContactPage({ id }: { id: number }): JSX.Element {
    const contact = useRow(contacts, id);
    const [rows, setRows] = useState<Conversation[] | null>(null);
    const [error, setError] = useState<string | null>(null);
    const [merging, setMerging] = useState(false);
    const now = useSlowClock();
    const load = useCallback(() => {
        setError(null);
        Promise.all([loadContact(id), conversationsOf(id).then(setRows)]).catch((failure: unknown) => setError(explain(failure)));
    }, [id]);
    useEffect(load, [load]);
    const state = contact?.address_state ?? rows?.find((row) => row.continuity?.address_state)?.continuity?.address_state ?? null;
    return (
        <article className="page-body">
            <button type="button" className="page-back narrow-only" onClick={() => go({ page: "contacts", id: null })}>
                <Icon name="back" size={16} />{words.contacts.back}</button>
            {error !== null && <Trouble text={error} retry={load} />}
            {contact === undefined ? error === null && <Spinner label={words.contacts.loading} /> : <>
                <div className="card"><ContactCard contact={contact} addressState={state} large />
                    <dl className="contact-dates">
                        {contact.last_activity_at
                            ? <div><dt>{words.contacts.lastSeen}</dt><dd>{ago(contact.last_activity_at, now)}</dd></div> : null}
                        {contact.created_at ? <div><dt>{words.contacts.since}</dt><dd>{atDay(contact.created_at)}</dd></div> : null}
                    </dl>
                    <button type="button" className="text-link merge-link" onClick={() => setMerging(true)}>{words.merge.contact}</button>
                    {merging && <MergeContact contact={contact} close={() => setMerging(false)} merged={load} />}
                </div>
                <h2>{words.contacts.conversations}</h2>
                {rows === null ? error === null && <Spinner label={words.contacts.conversations} />
                    : rows.length === 0 ? <p className="absent">{words.contacts.noConversations}</p>
                        : <div className="card flush"><ConversationLinks rows={rows} /></div>}
            </>}
        </article>
    );
}
