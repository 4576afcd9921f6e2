import { useEffect, useState } from "react";
import { wishes } from "../keys/registry";
import { explain } from "../model/api";
import { useCell, useRow } from "../model/cells";
import { conversationsOf, setContactAttribute } from "../model/contacts";
import { conversations, setAttribute, setPriority } from "../model/conversations";
import { inboxes } from "../model/directory";
import { atMoment } from "../model/time";
import { attempt } from "../model/toasts";
import type { Conversation, Priority } from "../model/types";
import { AssigneePicker } from "../parts/AssigneePicker";
import { TeamPicker } from "../parts/TeamPicker";
import { ConversationLinks } from "../parts/ConversationLinks";
import { Icon } from "../parts/Icon";
import { Menu, MenuItem } from "../parts/Menu";
import { Spinner, Trouble } from "../parts/Small";
import { words } from "../words";
import { Attributes } from "./Attributes";
import { ContactCard } from "./ContactCard";
import { ContactNotes } from "./ContactNotes";
import { LabelEditor } from "./LabelEditor";
import { LastPages } from "./LastPages";
import { LinkedConversations, MailPeople } from "./Linked";
import { MergeConversation } from "./MergeConversation";

const priorities: Priority[] = ["urgent", "high", "medium", "low"];

export function Details({ id, close }: { id: number; close: () => void }): JSX.Element | null {
    const conversation = useRow(conversations, id);
    const editAsked = useCell(wishes.editContact);
    const doors = useCell(inboxes);
    const [merging, setMerging] = useState(false);
    if (conversation === undefined) return null;
    const inbox = doors.find((one) => one.id === conversation.inbox_id);
    return (
        <aside className="details" aria-label={words.details.title}>
            <header className="details-head">
                <h2>{words.details.title}</h2>
                <button type="button" className="icon-button" aria-label={words.details.close} title={words.details.close} onClick={close}>
                    <Icon name="close" size={18} /></button>
            </header>
            <div className="details-body">
                <section>
                    <ContactCard key={conversation.meta.sender.id} contact={conversation.meta.sender} number={conversation.id}
                        addressState={conversation.continuity?.address_state ?? conversation.meta.sender.address_state ?? null}
                            editSignal={editAsked} />
                </section>
                <section>
                    <h3>{words.details.conversation}</h3>
                    <dl className="properties">
                        <div><dt>{words.details.assignee}</dt><dd><AssigneePicker conversation={conversation} /></dd></div>
                        <div><dt>{words.details.team}</dt><dd><TeamPicker conversation={conversation} /></dd></div>
                        <div><dt>{words.details.priority}</dt><dd><PriorityPicker conversation={conversation} /></dd></div>
                        <div><dt>{words.details.inbox}</dt><dd className="property-text">
                            {inbox !== undefined && <Icon name={inbox.channel_type.toLowerCase().includes("email") ? "mail" : "globe"}
                                size={15} />}{inbox?.name ?? conversation.inbox_id}
                        </dd></div>
                        <div><dt>{words.details.started}</dt><dd className="property-text">{atMoment(conversation.created_at)}</dd></div>
                        {conversation.subject &&
                            <div><dt>{words.details.subject}</dt>
                                <dd className="property-text property-long" title={conversation.subject}>
                                    <span>{conversation.subject}</span></dd></div>}
                        <div><dt>{words.details.number}</dt><dd className="property-text">#{conversation.id}</dd></div>
                    </dl>
                    <button type="button" className="text-link merge-link" onClick={() => setMerging(true)}>{words.merge.conversation}</button>
                    {merging && <MergeConversation conversation={conversation} close={() => setMerging(false)} />}
                </section>
                <MailPeople conversation={conversation} />
                <LinkedConversations conversation={conversation} />
                <LastPages contact={conversation.meta.sender.id} />
                <section>
                    <h3>{words.details.labels}</h3>
                    <LabelEditor conversation={conversation} />
                </section>
                <Attributes key={`conversation-${id}`} title={words.details.attributes} values={conversation.custom_attributes ?? {}}
                    set={(name, value) => setAttribute(id, name, value)} />
                <Attributes key={`contact-${conversation.meta.sender.id}`} title={words.details.contactAttributes}
                    values={conversation.meta.sender.custom_attributes ?? {}}
                    set={(name, value) => setContactAttribute(conversation.meta.sender.id, name, value)} />
                <ContactNotes key={conversation.meta.sender.id} contact={conversation.meta.sender.id} />
                <section>
                    <h3>{words.details.earlier}</h3>
                    <Earlier key={conversation.meta.sender.id} contact={conversation.meta.sender.id} without={id} />
                </section>
            </div>
        </aside>
    );
}

function PriorityPicker({ conversation }: { conversation: Conversation }): JSX.Element {
    const now = conversation.priority ?? null;
    const set = (priority: Priority | null): void => void attempt(() => setPriority(conversation.id, priority));
    return (
        <Menu label={`${words.details.priority}: ${words.details.priorities[now ?? "none"]}`} className="button assignee" width={176}
            button={<><span className="flag" data-priority={now ?? "none"}><Icon name="flag" size={15} /></span>
                <span className="assignee-name">{words.details.priorities[now ?? "none"]}</span><Icon name="chevron" size={12} /></>}>
            {priorities.map((one) =>
                <MenuItem key={one} checked={one === now}
                    icon={<span className="flag" data-priority={one}><Icon name="flag" size={15} /></span>} onSelect={() => set(one)}>
                        {words.details.priorities[one]}</MenuItem>)}
            <MenuItem checked={now === null} icon={<span className="flag" data-priority="none"><Icon name="flag" size={15} /></span>}
                onSelect={() => set(null)}>{words.details.priorities.none}</MenuItem>
        </Menu>
    );
}

function Earlier({ contact, without }: { contact: number; without: number }): JSX.Element {
    const [rows, setRows] = useState<Conversation[] | null>(null);
    const [error, setError] = useState<string | null>(null);
    const [turn, setTurn] = useState(0);
    useEffect(() => {
        let gone = false;
        setError(null);
        conversationsOf(contact).then((found) => { if (!gone) setRows(found); })
            .catch((failure: unknown) => { if (!gone) setError(explain(failure)); });
        return () => { gone = true; };
    }, [contact, turn]);
    if (error !== null) return <Trouble text={error} retry={() => setTurn(turn + 1)} />;
    if (rows === null) return <Spinner label={words.details.earlier} />;
    const others = rows.filter((row) => row.id !== without);
    return others.length === 0 ? <p className="absent small">{words.details.earlierNone}</p> : <ConversationLinks rows={others} />;
}
