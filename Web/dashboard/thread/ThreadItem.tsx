import { useState } from "react";
import { called } from "../model/names";
import { atFull, atMoment, dayName, nowSeconds } from "../model/time";
import type { Conversation, Message } from "../model/types";
import { Icon } from "../parts/Icon";
import { words } from "../words";
import { systemWords } from "./systemWords";
import { MailPanel } from "./MailPanel";
import { MessageView } from "./MessageView";
import type { Item } from "./timeline";

export function ThreadItem({ item, conversation, found }: { item: Item; conversation: Conversation; found: number | null }): JSX.Element {
    switch (item.kind) {
    case "day": return <div className="day-line" role="separator"><span>{dayName(item.at, nowSeconds())}</span></div>;
    case "new": return <div className="new-line" role="separator"><span>{words.thread.fresh}</span></div>;
    case "activity": return <Activities messages={item.messages} />;
    case "automatic": return <Automatic message={item.message} />;
    case "message": return <MessageView message={item.message} first={item.first} last={item.last}
        conversation={conversation} found={item.message.id === found} />;
    }
}

/** What the system noted. More than two in a row fold into one line. */
function Activities({ messages }: { messages: Message[] }): JSX.Element {
    const [open, setOpen] = useState(false);
    if (messages.length > 2 && !open) {
        return <div className="activity">
            <button type="button" className="fold" aria-expanded="false" onClick={() => setOpen(true)}>
                {words.thread.activities(messages.length)}<Icon name="chevron" size={12} /></button></div>;
    }
    return <>{messages.map((message) => <div key={message.id} className="activity"><span>{systemWords(message)}</span>
        <time title={atFull(message.created_at)}>{atMoment(message.created_at)}</time></div>)}</>;
}

/** Mail that a machine wrote: out of office and the like. */
function Automatic({ message }: { message: Message }): JSX.Element {
    const [open, setOpen] = useState(false);
    const from = message.mail?.from;
    const name = called({ name: from?.name, email: from?.address || message.sender?.name });
    return (
        <div className="automatic">
            <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
                <Icon name="mail" size={14} />{words.thread.automatic(name)}
                    <span className="automatic-subject">{message.mail?.subject}</span><Icon name="chevron" size={12} />
            </button>
            {open && <div className="automatic-text">{message.content}{message.mail && <MailPanel message={message} mail={message.mail} />}
                </div>}
        </div>
    );
}
