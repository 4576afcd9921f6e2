import { useState } from "react";
import { explain, patch } from "../model/api";
import { account } from "../model/session";
import { say } from "../model/toasts";
import type { Inbox } from "../model/types";
import { CopyButton } from "../parts/CopyButton";
import { Field, Switch } from "../parts/Small";
import { words } from "../words";

/** How the website proves who its signed-in customers are: with a signature by a key that never goes to their browsers. */
export function SecurityForm({ inbox }: { inbox: Inbox }): JSX.Element {
    const [signedOnly, setSignedOnly] = useState(inbox.hmac_mandatory === true);
    const [isShown, setShown] = useState(false);
    const [error, setError] = useState<string | null>(null);
    const key = inbox.hmac_token ?? "";
    const choose = (on: boolean): void => {
        setSignedOnly(on);
        setError(null);
        patch(account(`/inboxes/${inbox.id}`), { channel: { hmac_mandatory: on } }).then(() => say(words.security.saved))
            .catch((failure: unknown) => { setSignedOnly(!on); setError(explain(failure)); });
    };
    return (
        <section className="card form">
            <h3>{words.security.title}</h3>
            <p className="field-hint">{words.security.lead}</p>
            <Field label={words.security.key} hint={words.security.keyHint}>
                <input readOnly type={isShown ? "text" : "password"} autoComplete="off" spellCheck={false} value={key} /></Field>
            <div className="form-buttons">
                <button type="button" className="button small" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
                    {isShown ? words.security.hide : words.security.show}</button>
                <CopyButton text={key} what={words.security.key} label={words.inboxes.copy} />
            </div>
            <Switch label={words.security.signedOnly} hint={words.security.signedOnlyHint} on={signedOnly} onChange={choose} />
            {error !== null && <p className="field-error" role="alert">{error}</p>}
        </section>
    );
}
