import { useEffect, useState } from "react";
import { explain, get } from "../model/api";
import { account } from "../model/session";
import { atFull } from "../model/time";
import type { Mailbox, Message } from "../model/types";
import { Spinner, Trouble } from "../parts/Small";
import { words } from "../words";
import { MailRows, type MailRow, written } from "./MailPanel";

/** A mail of ours, as the API gives it. */
interface Sent {
    from: Mailbox | null;
    to: Mailbox[];
    cc: Mailbox[];
    reply_to: Mailbox[];
    subject: string;
    message_id: string;
    attempts: number;
    sent_at: number | null;
    headers: [string, string][];
}

/** The envelope of a message of ours that left as mail. */
export function SentMail({ message }: { message: Message }): JSX.Element {
    const [sent, setSent] = useState<Sent | null>(null);
    const [error, setError] = useState<string | null>(null);
    const [original, setOriginal] = useState(false);
    const { conversation_id: conversation, id, delivery } = message;
    useEffect(() => {
        let gone = false;
        setError(null);
        get<Sent>(account(`/conversations/${conversation}/messages/${id}/sent_mail`)).then((found) => { if (!gone) setSent(found); })
            .catch((failure: unknown) => { if (!gone) setError(explain(failure)); });
        return () => { gone = true; };
    }, [conversation, id, delivery?.state]);
    if (error !== null) return <Trouble text={error} />;
    if (sent === null) return <div className="mail-panel"><Spinner label={words.mail.open} /></div>;
    const rows: MailRow[] = [
        [words.mail.from, sent.from === null ? null : written(sent.from)], [words.mail.to, sent.to.map(written).join(", ")],
        [words.mail.cc, sent.cc.map(written).join(", ") || null], [words.mail.answers, sent.reply_to.map(written).join(", ") || null],
        [words.mail.subject, sent.subject], [words.mail.sent, sent.sent_at === null ? null : atFull(sent.sent_at)],
        [words.mail.tries, sent.attempts > 1 ? String(sent.attempts) : null],
    ];
    return (
        <div className="mail-panel">
            <MailRows rows={rows} />
            {sent.headers.length > 0 && <button type="button" className="text-link" aria-expanded={original}
                onClick={() => setOriginal(!original)}>{words.mail.headers}</button>}
            {original && <pre className="mail-headers" tabIndex={0} aria-label={words.mail.headers}>
                {sent.headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>}
        </div>
    );
}
