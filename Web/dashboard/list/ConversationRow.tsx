import { memo } from "react";
import { useCell, useRow } from "../model/cells";
import { conversations, presence, presences } from "../model/conversations";
import { inboxes, labels } from "../model/directory";
import { hits } from "../model/listing";
import { draftPreviews } from "../model/drafts";
import { link } from "../model/route";
import { customer } from "../model/names";
import { relative, useSlowClock } from "../model/time";
import { me } from "../model/session";
import type { Conversation, Message } from "../model/types";
import { MessageType } from "../model/types";
import { typing } from "../model/typing";
import { Avatar } from "../parts/Avatar";
import { Icon } from "../parts/Icon";
import { words } from "../words";
import { RowPeople } from "./RowPeople";

export const ConversationRow = memo(function ConversationRow({ id, selected }: { id: number; selected: boolean }): JSX.Element | null {
    const conversation = useRow(conversations, id);
    const live = useCell(presences);
    const now = useSlowClock();
    if (conversation === undefined) return null;
    const sender = conversation.meta.sender;
    const name = customer(conversation);
    const unread = conversation.unread_count > 0;
    const last = conversation.last_non_activity_message ?? null;
    const assignee = conversation.meta.assignee;
    const channel = last?.channel ?? conversation.continuity?.mode ?? "chat";
    return (
        <a className="row" {...link({ page: "conversations", id })} aria-current={selected ? "true" : undefined}
            data-unread={unread || undefined}>
            <Avatar name={name} picture={sender.thumbnail} size={38} presence={presence(conversation, live)} />
            <span className="row-main">
                <span className="row-top">
                    <span className="row-name">{name}</span>
                    {conversation.priority !== null && conversation.priority !== undefined &&
                        (conversation.priority === "urgent" || conversation.priority === "high") &&
                        <span className="row-flag" data-priority={conversation.priority}
                            title={words.details.priorities[conversation.priority]}>
                            <Icon name="flag" size={13} label={words.details.priorities[conversation.priority]} />
                        </span>}
                    <time className="row-time" dateTime={new Date(conversation.last_activity_at * 1000).toISOString()}>
                        {relative(conversation.last_activity_at, now)}</time>
                </span>
                <span className="row-middle">
                    <span className="row-channel" data-channel={channel}>
                        <Icon name={channel === "email" ? "mail" : "chat"} size={14} label={words.channel[channel]} /></span>
                    <Preview conversation={conversation} last={last} />
                    {unread && <span className="badge" aria-label={words.list.unread(conversation.unread_count)}>
                        {conversation.unread_count > 99 ? "99+" : conversation.unread_count}</span>}
                </span>
                <span className="row-bottom">
                    <Pills conversation={conversation} last={last} />
                    <RowPeople id={id} assignee={assignee && assignee.id !== me()?.id ? assignee : null} />
                </span>
            </span>
        </a>
    );
});

function Preview({ conversation, last }: { conversation: Conversation; last: Message | null }): JSX.Element {
    const typists = useCell(typing)[conversation.id] ?? [];
    const draft = useCell(draftPreviews)[conversation.id];
    const hit = useCell(hits)[conversation.id];
    if (hit !== undefined) {
        return <span className="row-preview">{hit.pieces.map((piece, index) =>
            piece.found ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>)}</span>;
    }
    const colleague = typists.find((one) => one.agent && !one.private);
    if (typists.some((one) => !one.agent)) return <span className="row-preview row-typing">{words.list.typing}</span>;
    if (colleague !== undefined) return <span className="row-preview row-typing">{words.list.typingAgent(colleague.name)}</span>;
    if (draft !== undefined) return <span className="row-preview"><b className="row-draft">{words.list.draft}:</b> {draft}</span>;
    if (last === null) return <span className="row-preview">{words.list.nothingSaid}</span>;
    // A greeting or the question for an address is no news: what the customer said is.
    if (last.message_type === MessageType.template && last.content_type !== "input_csat" && conversation.subject) {
        return <span className="row-preview">{conversation.subject}</span>;
    }
    const text = last.content?.trim() || ((last.attachments?.length ?? 0) > 0 ? words.list.attachment : words.thread.empty);
    const ours = last.message_type !== MessageType.incoming;
    const who = last.private ? words.list.note
        : ours ? (last.sender?.id === me()?.id ? words.list.you : last.sender?.available_name ?? last.sender?.name ?? null) : null;
    return <span className="row-preview">{who !== null && <span className="row-who">{who}: </span>}{text.slice(0, 160)}</span>;
}

function Pills({ conversation, last }: { conversation: Conversation; last: Message | null }): JSX.Element {
    const doors = useCell(inboxes);
    const known = useCell(labels);
    const state = last?.delivery?.state;
    const sender = conversation.meta.sender;
    const noEmail = conversation.continuity
        ? conversation.continuity.reason === "no_address" || conversation.continuity.reason === "unreachable"
        : !sender.email || sender.address_state === "unreachable";
    const held = (conversation.held_count ?? 0) > 0 || last?.held === true;
    const undelivered = (conversation.undelivered_count ?? 0) > 0 || state === "failed" || state === "bounced";
    const color = (title: string): string | undefined => known.find((label) => label.title === title)?.color ?? undefined;
    return (
        <>
            {conversation.status !== "open" && <span className="pill">{words.list.statuses[conversation.status]}</span>}
            {held && <span className="pill" data-tone="held">{words.list.pills.held}</span>}
            {undelivered && <span className="pill" data-tone="bad">{words.list.pills.notDelivered}</span>}
            {noEmail && <span className="pill">{words.list.pills.noEmail}</span>}
            {conversation.labels.slice(0, 3).map((title) => (
                <span key={title} className="row-label"><span className="label-dot" style={{ background: color(title) }} />{title}</span>
            ))}
            {doors.length > 1 && <span className="row-inbox">{doors.find((inbox) => inbox.id === conversation.inbox_id)?.name}</span>}
        </>
    );
}
