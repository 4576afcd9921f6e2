import { useState } from "react";
import { useCell } from "../model/cells";
import { mailHealth, tryRelay } from "../model/mailHealth";
import { me } from "../model/session";
import { atClock } from "../model/time";
import { attempt } from "../model/toasts";
import { words } from "../words";
import { Icon } from "./Icon";

/** Says that no mail leaves at all, why, and when it is tried again. */
export function MailStopped(): JSX.Element | null {
    const health = useCell(mailHealth);
    const [working, setWorking] = useState(false);
    if (health?.state !== "stopped") return null;
    const again = (): void => {
        setWorking(true);
        void attempt(tryRelay).finally(() => setWorking(false));
    };
    return (
        <div className="mail-stopped" role="status">
            <Icon name="warning" size={16} />
            <span>{words.mailStopped.text(health.mails_waiting)} {health.reason} {health.retry_at !== null
                && words.mailStopped.next(atClock(health.retry_at))}</span>
            {me()?.role === "administrator" &&
                <button type="button" className="delivery-action" disabled={working} onClick={again}>{words.mailStopped.now}</button>}
        </div>
    );
}
