import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { FormEvent } from "react";
import { explain } from "../model/api";
import { saveContact } from "../model/contacts";
import { called } from "../model/names";
import { link } from "../model/route";
import { say } from "../model/toasts";
import type { Contact, Continuity } from "../model/types";
import { Avatar } from "../parts/Avatar";
import { Icon } from "../parts/Icon";
import { Field } from "../parts/Small";
import { words } from "../words";

/** Who the customer is, with how sure their address is; the pencil turns it into a form. */
export function ContactCard({ contact, addressState, editSignal, large, number }: {
    /** Of the conversation beside which it stands: who has no name is called by it. */
    number?: number;
    contact: Contact; addressState: Continuity["address_state"]; editSignal?: number; large?: boolean;
}): JSX.Element {
    const [editing, setEditing] = useState(false);
    const signal = useRef(editSignal);
    useEffect(() => {
        if (editSignal !== undefined && signal.current !== editSignal) setEditing(true);
        signal.current = editSignal;
    }, [editSignal]);
    const name = called(contact, number);
    if (editing) return <ContactForm contact={contact} done={() => setEditing(false)} />;
    return (
        <div className="contact-card" data-large={large || undefined}>
            <div className="contact-top">
                <Avatar name={name} picture={contact.thumbnail} size={large === true ? 52 : 40} />
                <span className="contact-name">{name}</span>
                <button type="button" className="icon-button" aria-label={`${words.details.edit}: ${name}`} title={words.details.edit}
                    onClick={() => setEditing(true)}><Icon name="pencil" size={16} /></button>
            </div>
            <ul className="facts">
                <li>
                    <Icon name="mail" size={16} />
                    <span className="fact">{contact.email || <span className="absent">{words.details.noEmail}</span>}</span>
                    {contact.email && addressState && <AddressState state={addressState} />}
                </li>
                {contact.says_to_be && <li><Icon name="person" size={16} />
                    <a className="fact" title={words.merge.saysToBeHint} {...link({ page: "contacts", id: contact.says_to_be.id })}>
                        {words.merge.saysToBe(contact.says_to_be.name ?? words.unknownContact)}</a></li>}
                <li><Icon name="phone" size={16} />
                    <span className="fact">{contact.phone_number || <span className="absent">{words.details.noPhone}</span>}</span></li>
                {contact.identifier && <li><Icon name="tag" size={16} />
                    <span className="fact" title={words.contacts.identifier}>{contact.identifier}</span></li>}
            </ul>
        </div>
    );
}

export function AddressState({ state }: { state: NonNullable<Continuity["address_state"]> }): JSX.Element {
    return <span className="address-state" data-state={state} title={words.details.addressHint[state]}>{words.details.address[state]}
        </span>;
}

function ContactForm({ contact, done }: { contact: Contact; done: () => void }): JSX.Element {
    const [name, setName] = useState(contact.name ?? "");
    const [email, setEmail] = useState(contact.email ?? "");
    const [phone, setPhone] = useState(contact.phone_number ?? "");
    const [error, setError] = useState<string | null>(null);
    const [saving, setSaving] = useState(false);
    const first = useRef<HTMLInputElement>(null);
    useLayoutEffect(() => first.current?.focus(), []);

    const submit = (event: FormEvent): void => {
        event.preventDefault();
        if (name.trim() === "") { setError(words.details.emptyName); return; }
        setSaving(true);
        setError(null);
        saveContact(contact.id, { name: name.trim(), email: email.trim() || null, phone_number: phone.trim() || null })
            .then(() => { say(words.contacts.saved); done(); })
            .catch((failure: unknown) => { setError(explain(failure)); setSaving(false); });
    };
    return (
        <form className="contact-form" onSubmit={submit}
            onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); done(); } }}>
            <Field label={words.details.name}>
                <input ref={first} value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} /></Field>
            <Field label={words.details.email}>
                <input type="email" value={email} autoComplete="off" onChange={(event) => setEmail(event.target.value)} /></Field>
            <Field label={words.details.phone}>
                <input type="tel" value={phone} autoComplete="off" placeholder="+4930123456"
                    onChange={(event) => setPhone(event.target.value)} /></Field>
            {error !== null && <p className="field-error" role="alert">{error}</p>}
            <div className="form-buttons">
                <button type="submit" className="button primary" disabled={saving}>{saving ? words.details.saving : words.details.save}
                    </button>
                <button type="button" className="button" onClick={done}>{words.details.cancel}</button>
            </div>
        </form>
    );
}
