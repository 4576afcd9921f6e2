import { useEffect, useState } from "react";
import { noticeTitle } from "../model/alerts";
import { explain } from "../model/api";
import { useCell } from "../model/cells";
import { loadNotices, notices, readAllNotices, readNotice } from "../model/notices";
import type { Notice } from "../model/notices";
import { link } from "../model/route";
import { atFull, relative, useSlowClock } from "../model/time";
import { attempt } from "../model/toasts";
import { Icon } from "../parts/Icon";
import type { IconName } from "../parts/Icon";
import { Empty, Spinner, Trouble } from "../parts/Small";
import { words } from "../words";
import { NoticeSettings } from "./NoticeSettings";

const say = words.notices;
const icons: Record<Notice["notification_type"], IconName> = {
    conversation_creation: "plus", conversation_assignment: "person", assigned_conversation_new_message: "chat", conversation_mention: "bell",
};

/** What this agent was told of, and below it how they want to be told. */
export function Notices(): JSX.Element {
    const shown = useCell(notices);
    const [error, setError] = useState<string | null>(null);
    const load = (page: number): void => {
        setError(null);
        loadNotices(page).catch((failure: unknown) => setError(explain(failure)));
    };
    useEffect(() => load(1), []);
    return (
        <main className="page">
            <div className="page-main"><article className="page-body notices">
                <header className="page-head">
                    <div><h1>{say.title}</h1><p className="page-lead">{say.lead}</p></div>
                    {shown !== null && shown.unread > 0 && <div className="page-actions">
                        <button type="button" className="button" onClick={() => void attempt(readAllNotices)}>
                            <Icon name="check" size={16} />{say.readAll}</button></div>}
                </header>
                {error !== null && <Trouble text={error} retry={() => load(1)} />}
                {shown === null && error === null && <Spinner label={say.loading} />}
                {shown !== null && shown.rows.length === 0 && <Empty icon="bell" title={say.none}>{say.noneText}</Empty>}
                {shown !== null && shown.rows.length > 0 && <ul className="card flush notice-rows">
                    {shown.rows.map((notice) => <Row key={notice.id} notice={notice} />)}</ul>}
                {shown !== null && shown.rows.length < shown.count && shown.rows.length > 0 &&
                    <button type="button" className="button" onClick={() => load(shown.page + 1)}>{say.more}</button>}
                <NoticeSettings />
            </article></div>
        </main>
    );
}

function Row({ notice }: { notice: Notice }): JSX.Element {
    const now = useSlowClock();
    const unread = notice.read_at === null;
    const to = link({ page: "conversations", id: notice.primary_actor_id });
    return (
        <li className="notice-row" data-unread={unread || undefined}>
            <a {...to} onClick={(event) => {
                void readNotice(notice).catch(() => undefined);
                to.onClick(event);
            }}>
                <Icon name={icons[notice.notification_type] ?? "bell"} size={18} />
                <span className="notice-words"><b>{noticeTitle(notice)}</b><span>{notice.push_message_body}</span></span>
                <time title={atFull(notice.last_activity_at)}>{relative(notice.last_activity_at, now)}</time>
                {unread && <span className="notice-dot" role="img" aria-label={say.unread} />}
            </a>
        </li>
    );
}
