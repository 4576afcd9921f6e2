import { account } from "../model/session";
import type { Mailbox, MailInfo, Message } from "../model/types";
import { Icon } from "../parts/Icon";
import { words } from "../words";
import { checked, whyHere } from "./why";

/** The envelope of a mail: who, to whom, and why it landed here. */
export function MailPanel({ mail }: { message: Message; mail: MailInfo }): JSX.Element {
    const rows: MailRow[] = [
        [words.mail.from, mail.from === null ? null : written(mail.from)],
        [words.mail.to, mail.to?.map(written).join(", ") || null],
        [words.mail.cc, mail.cc?.map(written).join(", ") || null],
        [words.mail.subject, mail.subject || words.mail.noSubject],
        [words.mail.why, whyHere(mail)],
        [words.mail.sender, mail.standing === null ? null : words.mail.standing[mail.standing] ?? null],
        [words.mail.checks, mail.sender_check ? checked(mail.sender_check) : null],
    ];
    return (
        <div className="mail-panel">
            <MailRows rows={rows} />
            {mail.id !== null && mail.id !== undefined &&
                <a className="text-link" href={account(`/mails/${mail.id}/raw`)} download><Icon name="download" size={14} />
                    {words.mail.original}</a>}
        </div>
    );
}

/** A line of an envelope; null where the mail has none. */
export type MailRow = [label: string, value: string | null];

export function MailRows({ rows }: { rows: MailRow[] }): JSX.Element {
    return (
        <dl>
            {rows.filter(([, value]) => value !== null).map(([label, value]) => (
                <div key={label}><dt>{label}</dt><dd dir="auto">{value}</dd></div>
            ))}
        </dl>
    );
}

export function written(box: Mailbox): string {
    return box.name ? `${box.name} <${box.address}>` : box.address;
}
