import { useState } from "react";
import { me } from "../model/session";
import { setStatus } from "../model/conversations";
import { author } from "../model/names";
import { takeBack, transmit } from "../model/sending";
import { wish } from "../keys/registry";
import { atClock, atFull } from "../model/time";
import { attempt } from "../model/toasts";
import type { Conversation, Message } from "../model/types";
import { MessageType } from "../model/types";
import { Avatar } from "../parts/Avatar";
import { Icon } from "../parts/Icon";
import { Spinner } from "../parts/Small";
import { words } from "../words";
import { DeliveryLine } from "./DeliveryLine";
import { HeldReply } from "./HeldReply";
import { MailPanel } from "./MailPanel";
import { MessageBody } from "./MessageBody";
import { SentMail } from "./SentMail";
import { systemWords } from "./systemWords";

const gone = ["queued", "emailed", "deferred", "uncertain", "failed", "bounced", "answered"];

export function MessageView({ message, first, last, conversation, found }: { message: Message; first: boolean; last: boolean;
    conversation: Conversation; found: boolean }): JSX.Element {
    const [envelope, setEnvelope] = useState(false);
    const incoming = message.message_type === MessageType.incoming;
    const kind = message.held === true ? "held" : message.private ? "note" : incoming ? "incoming" : "outgoing";
    const name = incoming ? author(message, conversation)
        : message.sender?.id !== undefined && message.sender.id === me()?.id ? words.thread.you
        : message.sender?.available_name || message.sender?.name || words.thread.bot;
    const stranger = incoming && message.mail?.standing === "participant";
    const channel = message.channel ?? "chat";
    const icon = kind === "note" ? "lock" : channel === "email" ? "mail" : "chat";
    // It left as mail, or is about to: it has an envelope.
    const left = kind === "outgoing" && gone.includes(message.delivery?.state ?? "");
    const deleted = message.content_attributes?.deleted === true;
    return (
        <article className="message" data-kind={kind} data-first={first || undefined} data-last={last || undefined}
            data-message={message.id} data-found={found || undefined}
            data-local={message.local?.state}>
            {incoming && <span className="message-face">{first && <Avatar name={name} picture={message.sender?.thumbnail} size={30} />}
                </span>}
            <div className="message-column">
                {first && (
                    <div className="message-head">
                        <span className="message-name">{name}</span>
                        {stranger && <span className="message-address">{message.mail?.from?.address}</span>}
                        {kind === "note" && <span className="message-kind">{words.thread.note}</span>}
                    </div>
                )}
                <div className="message-line">
                    <div className="bubble">
                        {deleted ? <em className="message-deleted">{systemWords(message) || words.thread.deleted}</em>
                            : <MessageBody message={message} name={name} />}
                        {message.local !== undefined && message.local.files.length > 0 &&
                            <div className="files">{message.local.files.map((file) => <span key={file.name} className="file">
                                <Icon name="file" size={16} />{file.name}</span>)}</div>}
                    </div>
                    <div className="message-side">
                        {message.mail || left
                            ? <button type="button" className="envelope" aria-expanded={envelope} aria-label={words.mail.open}
                                title={words.mail.open} onClick={() => setEnvelope(!envelope)}><Icon name="mail" size={15} /></button>
                            : <span className="message-channel" title={kind === "note" ? words.thread.note : words.channel[channel]}>
                                <Icon name={icon} size={14} label={kind === "note" ? words.composer.note : words.channel[channel]} />
                                    </span>}
                        <time dateTime={new Date(message.created_at * 1000).toISOString()} title={atFull(message.created_at)}>
                            {atClock(message.created_at)}</time>
                    </div>
                </div>
                {envelope && (message.mail ? <MailPanel message={message} mail={message.mail} /> : <SentMail message={message} />)}
                {message.held === true && <HeldReply message={message} />}
                {message.content_attributes?.gratitude === true && conversation.status === "resolved" &&
                    <div className="delivery">
                        <Icon name="check" size={14} /><span>{words.thread.gratitude}</span>
                        <button type="button" className="delivery-action"
                            onClick={() => void attempt(() => setStatus(conversation.id, "open"))}>{words.thread.reopen}</button>
                    </div>}
                {message.local !== undefined ? <LocalLine message={message} />
                    : !deleted && <DeliveryLine message={message} conversation={conversation} />}
            </div>
        </article>
    );
}

/** Under a message that the server has not accepted yet. */
function LocalLine({ message }: { message: Message }): JSX.Element {
    if (message.local?.state === "sending") return <div className="delivery"><Spinner label={words.delivery.sending} />
        <span>{words.delivery.sending}</span></div>;
    return (
        <div className="delivery" data-tone="bad" role="alert">
            <Icon name="warning" size={14} />
            <span><b>{words.delivery.unsent}</b> {message.local?.error}</span>
            <button type="button" className="delivery-action" onClick={() => void transmit(message)}>{words.delivery.retry}</button>
            <button type="button" className="delivery-action" onClick={() => {
                takeBack(message);
                wish(message.private ? "note" : "reply");
            }}>{words.delivery.edit}</button>
        </div>
    );
}
