import { link } from "../model/route";
import { relative, useSlowClock } from "../model/time";
import type { Conversation } from "../model/types";
import { words } from "../words";
import { Icon } from "./Icon";

/** A short list of conversations, each a link. */
export function ConversationLinks({ rows }: { rows: Conversation[] }): JSX.Element {
    const now = useSlowClock();
    return (
        <ul className="conversation-links">
            {rows.map((row) => {
                const last = row.last_non_activity_message ?? row.messages?.[row.messages.length - 1] ?? null;
                const channel = last?.channel ?? row.continuity?.mode ?? "chat";
                return (
                    <li key={row.id}>
                        <a {...link({ page: "conversations", id: row.id })}>
                            <Icon name={channel === "email" ? "mail" : "chat"} size={15} label={words.channel[channel]} />
                            <span className="conversation-link-words">
                                <span className="conversation-link-text">{last?.content?.slice(0, 120) || words.list.nothingSaid}</span>
                                <span className="conversation-link-meta">
                                    <span className="status-word" data-status={row.status}>{words.list.statuses[row.status]}
                                        </span> · {relative(row.last_activity_at ?? row.created_at, now)}</span>
                            </span>
                        </a>
                    </li>
                );
            })}
        </ul>
    );
}
