import { useState } from "react";
import { resumeMail } from "../model/conversations";
import { attempt, say } from "../model/toasts";
import type { Conversation } from "../model/types";
import { Icon } from "../parts/Icon";
import { words } from "../words";

/** Too many automatic answers came: no mail leaves here until somebody says so. */
export function LoopStrip({ conversation }: { conversation: Conversation }): JSX.Element | null {
    const [working, setWorking] = useState(false);
    if (conversation.loop_stopped !== true) return null;
    const resume = (): void => {
        setWorking(true);
        void attempt(async () => {
            await resumeMail(conversation.id);
            say(words.thread.loopResumed);
        }).finally(() => setWorking(false));
    };
    return (
        <div className="status-strip" data-tone="held">
            <Icon name="warning" size={16} />
            <span>{words.thread.loopStopped}</span>
            <button type="button" className="delivery-action" disabled={working} onClick={resume}>{words.thread.loopResume}</button>
        </div>
    );
}
