import { useState } from "react";
import { takeWayOut } from "../model/mailDesk";
import type { WayOut } from "../model/mailDesk";
import { link } from "../model/route";
import { account } from "../model/session";
import { atFull, atMoment, fileSize } from "../model/time";
import { attempt, say } from "../model/toasts";
import type { StoredMail } from "../model/types";
import { Icon } from "../parts/Icon";
import { Spinner } from "../parts/Small";
import { whyHere } from "../thread/why";
import { words } from "../words";

const said = words.mailDesk;

/** One mail: from whom, what became of it and why, and the ways out. */
export function MailDeskRow({ mail }: { mail: StoredMail }): JSX.Element {
    const [open, setOpen] = useState(false);
    const [working, setWorking] = useState<WayOut | null>(null);
    const take = (way: WayOut): void => {
        setWorking(way);
        void attempt(async () => {
            await takeWayOut(mail, way);
            say(said.done[way]);
        }).finally(() => setWorking(null));
    };
    const facts: [string, string | null | undefined][] = [
        [said.detail.sender, mail.envelope_from || said.nobody], [said.detail.recipients, mail.recipients.join(", ")],
        [said.detail.evidence, whyHere(mail)],
        [said.detail.standing, mail.standing === null ? null : words.mail.standing[mail.standing] ?? mail.standing],
        [said.detail.kind, mail.kind === null ? null : said.kinds[mail.kind] ?? mail.kind], [said.detail.way, mail.ingress],
        [said.detail.id, mail.message_id], [said.detail.size, fileSize(mail.size)],
    ];
    const ways = mail.outcome === null ? [] : mail.ways_out ?? [];
    return (
        <li className="mail-row" data-open={open || undefined}>
            <button type="button" className="mail-summary" aria-expanded={open} onClick={() => setOpen(!open)}>
                <span className="mail-from">{sender(mail)}</span>
                <span className="mail-subject"><span dir="auto">{mail.subject || said.noSubject}</span></span>
                <span className="pill" data-tone={tone(mail.outcome)}>
                    {mail.outcome === null ? said.waiting : said.outcomes[mail.outcome] ?? mail.outcome}</span>
                <time dateTime={new Date(mail.received_at * 1000).toISOString()} title={atFull(mail.received_at)}>
                    {atMoment(mail.received_at)}</time>
                <Icon name="chevron" size={14} />
            </button>
            <p className="mail-reason">{address(mail) !== null && <span className="mail-address">{address(mail)}</span>}{mail.reason}</p>
            {open && <dl className="mail-facts">{facts.filter(([, value]) => value)
                .map(([label, value]) => <div key={label}><dt>{label}</dt><dd dir="auto">{value}</dd></div>)}</dl>}
            <div className="mail-actions">
                {ways.map((way) => (
                    <button key={way} type="button" className="button small" disabled={working !== null} aria-busy={working === way}
                        data-danger={way === "discard" || undefined} title={said.hints[way]} onClick={() => take(way)}>
                        {said.ways[way]}{working === way && <Spinner label={words.delivery.working} />}</button>
                ))}
                {mail.conversation_id !== null &&
                    <a className="text-link" {...link({ page: "conversations", id: mail.conversation_id })}>
                        <Icon name="chat" size={14} />{said.openConversation}</a>}
                {mail.original_kept !== false &&
                    <a className="text-link" href={account(`/mails/${mail.id}/raw`)} download><Icon name="download" size={14} />
                        {said.original}</a>}
            </div>
        </li>
    );
}

function sender(mail: StoredMail): string {
    if (mail.from === null || mail.from === undefined) return mail.envelope_from || said.nobody;
    if (typeof mail.from === "string") return mail.from;
    return mail.from.name || mail.from.address || said.nobody;
}

/** The address, where the row shows the name. */
function address(mail: StoredMail): string | null {
    return mail.from !== null && typeof mail.from === "object" && mail.from.name ? mail.from.address : null;
}

function tone(outcome: string | null): string | undefined {
    if (outcome === "failed" || outcome === "refused") return "bad";
    if (outcome === "held" || outcome === "quarantined") return "held";
    if (outcome === "threaded" || outcome === "new_conversation") return "good";
    return undefined;
}
