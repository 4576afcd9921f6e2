import { setParticipant } from "../model/conversations";
import { link } from "../model/route";
import { attempt } from "../model/toasts";
import type { Conversation, MailParticipant } from "../model/types";
import { Icon } from "../parts/Icon";
import { Menu, MenuItem, MenuLine } from "../parts/Menu";
import { words } from "../words";

/** Conversations that this one came from or went on in. */
export function LinkedConversations({ conversation }: { conversation: Conversation }): JSX.Element | null {
    const linked = conversation.linked_conversations ?? [];
    if (linked.length === 0) return null;
    return (
        <section>
            <h3>{words.details.linked}</h3>
            <ul className="conversation-links">
                {linked.map((one) => (
                    <li key={one.id}>
                        <a {...link({ page: "conversations", id: one.id })}>
                            <Icon name="external" size={15} />
                            <span className="conversation-link-words">
                                <span className="conversation-link-text">#{one.id} {one.subject}</span>
                                <span className="conversation-link-meta">{words.details.relation[one.relation]} · <span className="status-word"
                                    data-status={one.status}>{words.list.statuses[one.status]}</span></span>
                            </span>
                        </a>
                    </li>
                ))}
            </ul>
        </section>
    );
}

const standings: MailParticipant["standing"][] = ["participant", "separate", "discarded"];

/** Whose mail into this conversation has been decided about. */
export function MailPeople({ conversation }: { conversation: Conversation }): JSX.Element | null {
    const people = conversation.mail_participants ?? [];
    if (people.length === 0) return null;
    const set = (one: MailParticipant, standing: MailParticipant["standing"] | "none"): void =>
        void attempt(() => setParticipant(conversation.id, one.address, standing));
    return (
        <section>
            <h3>{words.details.people}</h3>
            <ul className="mail-people">
                {people.map((one) => (
                    <li key={one.address}>
                        <span className="fact" title={one.address}>{one.name && one.name !== one.address ? `${one.name}, ` : ""}{one.address}</span>
                        <Menu label={`${one.address}: ${words.details.standing[one.standing]}`} className="button small" align="end" width={200}
                            button={<>{words.details.standing[one.standing]}<Icon name="chevron" size={12} /></>}>
                            {standings.map((standing) => <MenuItem key={standing} checked={standing === one.standing}
                                onSelect={() => set(one, standing)}>{words.details.standing[standing]}</MenuItem>)}
                            <MenuLine />
                            <MenuItem onSelect={() => set(one, "none")}>{words.details.forgetPerson}</MenuItem>
                        </Menu>
                    </li>
                ))}
            </ul>
        </section>
    );
}
