import { useId } from "react";
import { Field } from "../../parts/Small";
import { words } from "../../words";
import type { Form } from "../../parts/useForm";

/** What fresh access tokens are fetched with (OAuth 2), where a mail server takes no passwords. */
export interface TokenGrant { token_url: string; client_id: string; client_secret: string; refresh_token: string }

export const noGrant: TokenGrant = { token_url: "", client_id: "", client_secret: "", refresh_token: "" };

const servers = ["https://oauth2.googleapis.com/token", "https://login.microsoftonline.com/common/oauth2/v2.0/token"];

/** What of it was typed, as the server reads it. */
export function grantOf({ token_url, client_id, client_secret, refresh_token }: TokenGrant): Partial<TokenGrant> {
    const typed = { token_url, client_id, client_secret, refresh_token };
    return Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text !== ""));
}

/** The first field that is missing, where anything of it is needed or was typed. */
export function missingOf(grant: TokenGrant, needed: boolean): keyof TokenGrant | undefined {
    if (!needed && Object.keys(grantOf(grant)).length === 0) return undefined;
    return (["token_url", "client_id", "refresh_token"] as const).find((name) => grant[name].trim() === "");
}

/** - kept: what is kept needs not be written again. */
export function TokenFields({ form, kept }: { form: Form<TokenGrant>; kept: boolean }): JSX.Element {
    const { fields } = form;
    const { oauth } = words.email;
    // A page may hold them twice: for the mailbox and for the relay.
    const known = useId();
    const text = (name: keyof TokenGrant, label: string, hint: string | undefined, more: object): JSX.Element => (
        <Field label={label} hint={hint} error={form.fault(name)}>
            <input value={fields[name]} spellCheck={false} autoComplete="off" {...more}
                onChange={(event) => form.set({ [name]: event.target.value })} /></Field>
    );
    return (
        <>
            <p className="field-hint">{kept ? oauth.kept : oauth.lead}</p>
            {text("token_url", oauth.server, oauth.serverHint, { list: known, placeholder: servers[0], inputMode: "url" })}
            <datalist id={known}>{servers.map((server) => <option key={server} value={server} />)}</datalist>
            <div className="form-pair">
                {text("client_id", oauth.clientID, undefined, {})}
                {text("client_secret", oauth.clientSecret, oauth.clientSecretHint, { type: "password", autoComplete: "new-password" })}
            </div>
            {text("refresh_token", oauth.refreshToken, words.email.secret, { type: "password", autoComplete: "new-password" })}
        </>
    );
}
