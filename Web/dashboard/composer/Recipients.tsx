import { useState } from "react";
import type { KeyboardEvent } from "react";
import { customer } from "../model/names";
import { say } from "../model/toasts";
import type { Conversation } from "../model/types";
import { Icon } from "../parts/Icon";
import { words } from "../words";
import { isAddress, mostCopies, people } from "./copies";

/** Whom the mail goes to: always in sight before it leaves, and who gets a copy can be changed. */
export function Recipients({ conversation, to, copies, change }: { conversation: Conversation; to: string; copies: string[];
    change: (copies: string[]) => void }): JSX.Element {
    const [adding, setAdding] = useState(false);
    const [text, setText] = useState("");
    const add = (given: string): boolean => {
        const addresses = given.split(/[\s,;]+/).map((one) => one.toLowerCase()).filter(Boolean);
        if (!addresses.every(isAddress)) return false;
        const next = [...new Set([...copies, ...addresses])].filter((one) => one !== to.toLowerCase());
        if (next.length > mostCopies) say(words.composer.recipients.most, "error");
        change(next.slice(0, mostCopies));
        setText("");
        return true;
    };
    const keys = (event: KeyboardEvent): void => {
        if (event.key === "Escape") { event.stopPropagation(); setText(""); setAdding(false); return; }
        if (event.key !== "Enter" && event.key !== "," && event.key !== ";") return;
        event.preventDefault();
        if (!add(text)) say(words.composer.recipients.wrong, "error");
    };
    const others = people(conversation).filter((one) => !copies.includes(one));
    return (
        <div className="recipients" role="group" aria-label={words.composer.recipients.label}>
            <span className="recipients-word">{words.mail.to}</span>
            <span className="recipient" title={to}>{customer(conversation) === to ? to : `${customer(conversation)}, ${to}`}</span>
            {(copies.length > 0 || adding) && <span className="recipients-word">{words.mail.cc}</span>}
            {copies.map((one) => (
                <span key={one} className="recipient" title={one}><span>{one}</span>
                    <button type="button" aria-label={words.composer.recipients.remove(one)}
                        onClick={() => change(copies.filter((other) => other !== one))}><Icon name="close" size={11} /></button></span>
            ))}
            {adding ? <>
                <input autoFocus type="email" className="recipient-field" list="recipient-people" value={text} aria-label={words.composer.recipients.add}
                    placeholder={words.composer.recipients.placeholder} onKeyDown={keys} onChange={(event) => setText(event.target.value)}
                    onBlur={() => { if (text.trim() === "" || add(text)) setAdding(false); else say(words.composer.recipients.wrong, "error"); }} />
                <datalist id="recipient-people">{others.map((one) => <option key={one} value={one} />)}</datalist>
            </> : copies.length < mostCopies &&
                <button type="button" className="recipient-add" onClick={() => setAdding(true)}>
                    <Icon name="plus" size={12} />{words.composer.recipients.add}</button>}
        </div>
    );
}
