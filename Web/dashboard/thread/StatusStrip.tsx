import { setStatus } from "../model/conversations";
import { atDayTime } from "../model/time";
import { attempt } from "../model/toasts";
import type { Conversation } from "../model/types";
import { Icon } from "../parts/Icon";
import { words } from "../words";

/** Says above the composer that the conversation is set aside, and takes it back. */
export function StatusStrip({ conversation }: { conversation: Conversation }): JSX.Element | null {
    const { id, status, snoozed_until: until } = conversation;
    if (status === "open") return null;
    const text = status === "resolved" ? words.thread.resolvedHint
        : status === "snoozed" ? words.thread.snoozedHint(until === null ? null : atDayTime(until)) : words.thread.pendingHint;
    return (
        <div className="status-strip">
            <Icon name={status === "resolved" ? "checkCircle" : status === "snoozed" ? "moon" : "clock"} size={16} />
            <span>{text}</span>
            <button type="button" className="delivery-action" onClick={() => void attempt(() => setStatus(id, "open"))}>
                {words.thread.reopen}</button>
        </div>
    );
}
