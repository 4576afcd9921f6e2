import { useState } from "react";
import type { Message } from "../model/types";
import { Linked } from "../parts/Small";
import { words } from "../words";
import { Attachments } from "./Attachments";
import { MailFrame } from "./MailFrame";
import { Offer } from "./Offer";

/** More than this folds. */
const longText = 1400;
const longLines = 22;

/** What a message says: its text, or the mail as its writer laid it out where that is more than words. */
export function MessageBody({ message, name }: { message: Message; name: string }): JSX.Element | null {
    const html = message.mail?.html ?? null;
    const [designed, setDesigned] = useState(html?.rich === true);
    const [whole, setWhole] = useState(false);
    const [quoted, setQuoted] = useState(false);
    const text = message.content?.trim() || (message.content_type === "input_csat" ? words.thread.survey : "");
    const quote = message.mail?.quoted?.trim() ? message.mail.quoted : null;
    const long = text.length > longText || text.split("\n", longLines + 1).length > longLines;
    const attachments = message.attachments ?? [];
    const files = attachments.length > 0 ? <Attachments attachments={attachments} /> : null;
    if (text === "" && quote === null && html === null) {
        return files ?? (message.local !== undefined ? null : <em className="message-deleted">{words.thread.empty}</em>);
    }
    const subject = message.mail?.outcome === "new_conversation" && message.mail.subject
        ? <div className="message-subject" dir="auto">{message.mail.subject}</div> : null;
    if (html !== null && designed) {
        // Pictures within the text are shown there.
        const beside = attachments.filter((one) => !(one.inline === true && one.file_type === "image"));
        return <>{subject}<MailFrame message={message} html={html} name={name} asText={() => setDesigned(false)} />
            {beside.length > 0 && <Attachments attachments={beside} />}</>;
    }
    const shown = long && !whole ? `${text.split("\n").slice(0, longLines).join("\n").slice(0, longText).trimEnd()}…` : text;
    return (
        <>
            {subject}
            {text !== "" && <div className="message-text" dir="auto"><Linked text={shown} /></div>}
            <Offer message={message} />
            {long && <button type="button" className="fold" aria-expanded={whole} onClick={() => setWhole(!whole)}>
                {whole ? words.thread.showLess : words.thread.showAll}</button>}
            {(quote !== null || html !== null) && <div className="body-tools">
                {quote !== null && <Ellipsis open={quoted} toggle={() => setQuoted(!quoted)} />}
                {html !== null && <button type="button" className="body-tool" onClick={() => setDesigned(true)}>{words.thread.asHTML}</button>}
            </div>}
            {quote !== null && quoted && <blockquote className="quoted" dir="auto">{quote}</blockquote>}
            {files}
        </>
    );
}

/** Folds what was quoted, and opens it. */
export function Ellipsis({ open, toggle }: { open: boolean; toggle: () => void }): JSX.Element {
    const label = open ? words.thread.hideQuoted : words.thread.showQuoted;
    return <button type="button" className="ellipsis" aria-expanded={open} aria-label={label} title={label} onClick={toggle}>···</button>;
}
