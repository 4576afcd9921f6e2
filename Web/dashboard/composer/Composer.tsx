import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ClipboardEvent, DragEvent, KeyboardEvent } from "react";
import { modifierName, wishes } from "../keys/registry";
import { useCell, useRow } from "../model/cells";
import { draft, draftElsewhere, fetchDraft, keepDraft, saveDrafts } from "../model/drafts";
import { send } from "../model/sending";
import { appended, suggestion } from "../model/suggestion";
import { threads } from "../model/threads";
import { say } from "../model/toasts";
import { stopTyping, typed } from "../model/typing";
import type { Afterwards, Conversation, DeliveryChoice } from "../model/types";
import { Icon } from "../parts/Icon";
import { Menu, MenuItem, MenuLine } from "../parts/Menu";
import { SnoozeItems } from "../parts/SnoozeItems";
import { words } from "../words";
import { DeliverySentence } from "./DeliverySentence";
import { EmojiPicker } from "./EmojiPicker";
import { FileChips } from "./FileChips";
import { PausedSend } from "./PausedSend";
import { Recipients } from "./Recipients";
import { expected } from "./copies";
import { useArrivals } from "./useArrivals";
import { useCannedAnswers } from "./cannedAnswers";
import { useCompletion } from "./completion";
import { useMentions } from "./mentions";

const largestFile = 25 * 1024 * 1024;
const mostFiles = 10;
/** Files that wait beside a draft, while the page lives. */
const waitingFiles = new Map<number, File[]>();

export function Composer({ conversation }: { conversation: Conversation }): JSX.Element {
    const id = conversation.id;
    const [note, setNote] = useState(() => { const kept = draft(id); return kept.reply === "" && kept.note !== ""; });
    const [texts, setTexts] = useState(() => draft(id));
    const [files, setFiles] = useState<File[]>(() => waitingFiles.get(id) ?? []);
    const [choice, setChoice] = useState<DeliveryChoice>("auto");
    /** Who gets a copy, once somebody has changed that. */
    const [chosenCopies, setCopies] = useState<string[] | null>(null);
    const [over, setOver] = useState(false);
    const field = useRef<HTMLTextAreaElement>(null);
    const picker = useRef<HTMLInputElement>(null);
    const email = conversation.continuity?.mode === "email";
    const messages = useRow(threads, id)?.messages;
    const copies = chosenCopies ?? expected(conversation, messages ?? []);
    const address = conversation.continuity?.can_email === true ? conversation.continuity.address : null;
    const mails = !note && address !== null && (choice === "email_now" || (email && choice === "auto"));
    const text = note ? texts.note : texts.reply;
    const ready = text.trim() !== "" || files.length > 0;
    const arrivals = useArrivals(id, texts.reply.trim() !== "" || (!note && files.length > 0));
    const touched = useRef(false);
    /** Whether a person said whether this is a reply or a note: nothing that comes later says otherwise. */
    const chose = useRef(false);
    const choose = (wanted: boolean): void => { chose.current = true; setNote(wanted); field.current?.focus(); };

    const write = (value: string): void => {
        touched.current = true;
        const next = { ...draft(id), [note ? "note" : "reply"]: value };
        setTexts(next);
        keepDraft(id, next);
        if (value.trim() === "") stopTyping();
        else typed(id, note);
    };

    /** Where the caret stands, which then stands behind it. */
    const insert = (sign: string): void => {
        const at = field.current;
        const [from, to] = [at?.selectionStart ?? text.length, at?.selectionEnd ?? text.length];
        write(text.slice(0, from) + sign + text.slice(to));
        window.setTimeout(() => { at?.focus(); at?.setSelectionRange(from + sign.length, from + sign.length); });
    };

    const mentions = useCompletion(field, text, note, write, useMentions());
    const answers = useCompletion(field, text, true, write, useCannedAnswers(conversation));
    const look = (): void => { mentions.look(); answers.look(); };

    useLayoutEffect(() => {
        const element = field.current;
        if (element === null) return;
        element.style.height = "auto";
        element.style.height = `${Math.min(element.scrollHeight, Math.round(window.innerHeight * 0.4))}px`;
    }, [text, note]);

    const focus = (): void => field.current?.focus();
    useWish(wishes.reply.value, useCell(wishes.reply), () => choose(false));
    useWish(wishes.note.value, useCell(wishes.note), () => choose(true));

    const wanted = useCell(suggestion);
    useEffect(() => {
        if (wanted === null || wanted.conversation !== id) return;
        suggestion.set(null);
        touched.current = true;
        if (wanted.copies !== undefined) setCopies(wanted.copies);
        setTexts((now) => {
            const part = wanted.note ? "note" : "reply";
            const next = { ...now, [part]: appended(now[part], wanted.text) };
            keepDraft(id, next);
            return next;
        });
    }, [wanted, id]);

    useEffect(() => () => { stopTyping(); saveDrafts(); }, [id]);

    // What was begun on another device; what is typed before it comes stays.
    useEffect(() => {
        let gone = false;
        fetchDraft(id).then((kept) => {
            if (gone || touched.current) return;
            setTexts(kept);
            if (!chose.current && (kept.note !== "" || kept.reply !== "")) setNote(kept.reply === "");
        }).catch(() => undefined);
        return () => { gone = true; };
    }, [id]);
    const elsewhere = useCell(draftElsewhere);
    const first = useRef(elsewhere);
    useEffect(() => { if (elsewhere !== first.current && elsewhere?.id === id) setTexts(elsewhere.value); }, [elsewhere, id]);
    useEffect(() => { if (files.length > 0) waitingFiles.set(id, files); else waitingFiles.delete(id); }, [files, id]);

    const add = (more: Iterable<File>): void => {
        const fitting = [...more].filter((file) => {
            if (file.size <= largestFile) return true;
            say(words.composer.tooLarge(file.name), "error");
            return false;
        });
        if (files.length + fitting.length > mostFiles) say(words.composer.tooMany, "error");
        setFiles([...files, ...fitting].slice(0, mostFiles));
    };

    const submit = (then: Afterwards | null): void => {
        if (!ready) return;
        if (!note && arrivals.held()) { field.current?.focus(); return; }
        if (!note) arrivals.reset();
        const content = text.trim();
        const next = { ...draft(id), [note ? "note" : "reply"]: "" };
        touched.current = true;
        chose.current = true;
        stopTyping();
        void send(id, { content, private: note, files, choice: note ? "auto" : choice, then, copies: mails ? copies : [] });
        setTexts(next);
        keepDraft(id, next);
        setFiles([]);
        setChoice("auto");
        setCopies(null);
        field.current?.focus();
    };

    const keys = (event: KeyboardEvent): void => {
        if (mentions.keys(event) || answers.keys(event)) return;
        if (event.key === "Escape") { event.preventDefault(); field.current?.blur(); return; }
        if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
        const modified = event.ctrlKey || event.metaKey;
        if (!modified && (email || event.shiftKey)) return;
        event.preventDefault();
        // A key that is held down does not press "Send anyway" too.
        if (event.repeat) return;
        submit(null);
    };
    const paste = (event: ClipboardEvent): void => {
        if (event.clipboardData.files.length === 0) return;
        event.preventDefault();
        add(event.clipboardData.files);
    };
    const drop = (event: DragEvent): void => {
        event.preventDefault();
        setOver(false);
        add(event.dataTransfer.files);
    };
    const hasFiles = (event: DragEvent): boolean => [...event.dataTransfer.types].includes("Files");

    return (
        <div className="composer" data-note={note || undefined} data-over={over || undefined}
            onDragOver={(event) => { if (hasFiles(event)) { event.preventDefault(); setOver(true); } }}
            onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false); }}
                onDrop={drop}>
            <div className="composer-tabs" role="tablist" aria-label={words.composer.reply}>
                <button type="button" role="tab" aria-selected={!note} onClick={() => choose(false)}>
                    {words.composer.reply}</button>
                <button type="button" role="tab" aria-selected={note} onClick={() => choose(true)}>
                    <Icon name="lock" size={13} />{words.composer.note}</button>
                <span className="composer-hint">{email ? words.composer.hintModifier(modifierName) : words.composer.hintEnter}</span>
            </div>
            {!note && <PausedSend messages={arrivals.shown} conversation={conversation} />}
            {mails && <Recipients conversation={conversation} to={address} copies={copies} change={setCopies} />}
            {mentions.list ?? answers.list}
            <textarea ref={field} {...answers.attributes} {...mentions.attributes} rows={1} value={text} dir="auto" aria-label={note ? words.composer.note : words.composer.reply}
                placeholder={note ? words.composer.placeholderNote
                    : email ? words.composer.placeholderEmail : words.composer.placeholderChat}
                onChange={(event) => { write(event.target.value); look(); }} onSelect={look} onKeyDown={keys} onPaste={paste} onBlur={stopTyping} />
            <FileChips files={files} remove={(index) => setFiles(files.filter((_, at) => at !== index))} />
            <div className="composer-foot">
                <input ref={picker} type="file" multiple hidden
                    onChange={(event) => { add(event.target.files ?? []); event.target.value = ""; }} />
                <button type="button" className="icon-button" aria-label={words.composer.attach} title={words.composer.attach}
                    onClick={() => picker.current?.click()}><Icon name="clip" /></button>
                <EmojiPicker insert={insert} />
                {note ? <span className="sentence plain"><Icon name="lock" size={14} /><span>{words.composer.noteSentence}</span></span>
                    : <DeliverySentence continuity={conversation.continuity} chat={conversation.meta.channel !== "Channel::Email"} choice={choice}
                        choose={(next) => { setChoice(next); window.setTimeout(focus); }} />}
                <div className="split-button">
                    <button type="button" className="button primary" disabled={!ready} onClick={() => submit(null)}>
                        {note ? words.composer.addNote : arrivals.shown.length > 0 ? words.composer.sendAnyway : words.composer.send}</button>
                    <Menu label={words.composer.sendMore} className="button primary split-more" align="end" width={252}
                        button={<Icon name="chevron" size={14} />}>
                        <MenuItem icon={<Icon name="check" size={16} />} disabled={!ready} onSelect={() => submit({ status: "resolved" })}>
                            {words.composer.sendAndResolve}</MenuItem>
                        {ready && <>
                            <MenuLine />
                            <SnoozeItems heading={words.composer.sendAndSnooze} choose={(until) => submit({ status: "snoozed", until })} />
                        </>}
                    </Menu>
                </div>
            </div>
            {over && <div className="composer-over"><Icon name="clip" />{words.composer.drop}</div>}
        </div>
    );
}

/** Runs when a wish was made after this part came on screen, before the next key comes: it belongs into the field already. */
function useWish(initial: number, count: number, run: () => void): void {
    const seen = useRef(initial);
    useLayoutEffect(() => {
        if (seen.current === count) return;
        seen.current = count;
        run();
    });
}
