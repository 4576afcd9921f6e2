import { resolve, wishes } from "../keys/registry";
import { post } from "../model/api";
import { useCell } from "../model/cells";
import { presence, presences, setStatus } from "../model/conversations";
import { setBlocked } from "../model/contacts";
import { pathOf, useLastPages } from "../model/pages";
import { customer } from "../model/names";
import { openConversation } from "../model/route";
import { account } from "../model/session";
import { ago, atDayTime, useSlowClock } from "../model/time";
import { attempt, say } from "../model/toasts";
import type { Conversation } from "../model/types";
import { Avatar } from "../parts/Avatar";
import { AssigneePicker } from "../parts/AssigneePicker";
import { Icon } from "../parts/Icon";
import { useMedia } from "../parts/useMedia";
import { Menu, MenuItem, MenuLine } from "../parts/Menu";
import { words } from "../words";
import { SnoozeItems } from "../parts/SnoozeItems";
import { Viewers } from "./Viewers";

export function ThreadHeader({ conversation, detailsShown, toggleDetails }: {
    conversation: Conversation; detailsShown: boolean; toggleDetails: () => void;
}): JSX.Element {
    const live = useCell(presences);
    const sender = conversation.meta.sender;
    const name = customer(conversation);
    const alone = useMedia("(max-width: 759.98px)");
    return (
        <header className="thread-head">
            {alone && <h1 className="unseen">{name}</h1>}
            <button type="button" className="icon-button back-button" aria-label={words.thread.back}
                onClick={() => openConversation(null)}><Icon name="back" /></button>
            <button type="button" className="thread-who" onClick={toggleDetails} aria-label={`${name}: ${words.thread.details}`}>
                <Avatar name={name} picture={sender.thumbnail} size={36} presence={presence(conversation, live)} />
                <span className="thread-names">
                    <span className="thread-name">{name}</span>
                    <PresenceWords conversation={conversation} />
                </span>
            </button>
            <div className="thread-tools">
                <Viewers id={conversation.id} />
                <AssigneePicker conversation={conversation} openSignal={useCell(wishes.assign)} compact />
                <StatusButton conversation={conversation} />
                <MoreMenu conversation={conversation} />
                <button type="button" className="icon-button" aria-pressed={detailsShown}
                    aria-label={detailsShown ? words.thread.hideDetails : words.thread.details}
                    title={detailsShown ? words.thread.hideDetails : words.thread.details} onClick={toggleDetails}><Icon name="panel" />
                        </button>
            </div>
        </header>
    );
}

function PresenceWords({ conversation }: { conversation: Conversation }): JSX.Element {
    const live = useCell(presences);
    const now = useSlowClock();
    const here = presence(conversation, live);
    const continuity = conversation.continuity;
    const emailMode = continuity?.mode === "email" && here === "gone";
    const at = continuity?.presence === "gone" ? continuity.presence_at : null;
    const [page] = useLastPages(conversation.meta.sender.id).pages;
    const text = emailMode ? words.presence.emailMode
        : here === "open" && page !== undefined ? words.presence.onPage(pathOf(page.url))
        : words.presence.words(here, at === null || at === undefined ? null : ago(at, now), continuity?.can_email === true);
    return <span className="thread-presence" data-presence={here} title={text}>{text}</span>;
}

/** What is seldom done with a whole conversation. */
function MoreMenu({ conversation }: { conversation: Conversation }): JSX.Element {
    const path = account(`/conversations/${conversation.id}`);
    const sender = conversation.meta.sender;
    const blocked = sender.blocked === true;
    const sendTranscript = (): void => void attempt(async () => {
        const { email } = await post<{ email: string }>(`${path}/transcript`);
        say(words.thread.transcriptSent(email));
    });
    const stopLinks = (): void => void attempt(async () => {
        await post(`${path}/revoke_chat_links`);
        say(words.thread.linksStopped);
    });
    return (
        <Menu label={words.thread.more} title={words.thread.more} className="icon-button" align="end" width={284}
            button={<Icon name="dots" />}>
            <MenuItem icon={<Icon name="mail" size={16} />} hint={words.thread.transcriptHint} onSelect={sendTranscript}>
                {words.thread.transcript}</MenuItem>
            <MenuItem icon={<Icon name="lock" size={16} />} hint={words.thread.stopLinksHint} onSelect={stopLinks}>
                {words.thread.stopLinks}</MenuItem>
            <MenuItem icon={<Icon name="download" size={16} />} hint={words.thread.exportHint} onSelect={() => location.assign(`${path}/export`)}>
                {words.thread.export}</MenuItem>
            <MenuLine />
            <MenuItem icon={<Icon name="close" size={16} />} danger={!blocked} hint={blocked ? undefined : words.thread.blockHint}
                onSelect={() => void attempt(() => setBlocked(sender.id, !blocked))}>
                {blocked ? words.thread.unblock : words.thread.block}</MenuItem>
        </Menu>
    );
}

function StatusButton({ conversation }: { conversation: Conversation }): JSX.Element {
    const id = conversation.id;
    const snoozeAsked = useCell(wishes.snooze);
    const reopen = (): void => void attempt(() => setStatus(id, "open"));
    const snooze = (until: number | null): void => void attempt(async () => {
        await setStatus(id, "snoozed", until);
        say(words.thread.snoozedNow(until === null ? null : atDayTime(until)), "plain", { label: words.thread.undo, run: reopen });
    });
    const open = conversation.status === "open";
    return (
        <div className="split-button" data-status={conversation.status}>
            {open
                ? <button type="button" className="button primary" aria-label={words.thread.resolve} onClick={() => resolve(id)}>
                    <Icon name="check" size={16} /><span>{words.thread.resolve}</span></button>
                : <button type="button" className="button" aria-label={words.thread.reopen} onClick={reopen}>
                    <Icon name="refresh" size={16} /><span>{words.thread.reopen}</span></button>}
            <Menu label={words.thread.moreStatus} title={words.thread.moreStatus} className={`button split-more ${open ? "primary" : ""}`}
                align="end" width={252} openSignal={snoozeAsked}
                button={<Icon name="chevron" size={14} />}>
                <SnoozeItems heading={words.thread.snooze} choose={snooze} />
                <MenuLine />
                {conversation.status !== "pending" &&
                    <MenuItem icon={<Icon name="clock" size={16} />} onSelect={() => void attempt(() => setStatus(id, "pending"))}>
                        {words.thread.pending}</MenuItem>}
                {conversation.status !== "resolved" &&
                    <MenuItem icon={<Icon name="check" size={16} />} onSelect={() => resolve(id)}>{words.thread.resolve}</MenuItem>}
                {!open && <MenuItem icon={<Icon name="refresh" size={16} />} onSelect={reopen}>{words.thread.reopen}</MenuItem>}
            </Menu>
        </div>
    );
}
