import type { SignIn } from "../../model/email";

export type Service = "smtp" | "smtps" | "postmark" | "mailgun" | "sendgrid" | "ses";

export interface RelayFields {
    service: Service;
    host: string;
    port: string;
    user: string;
    /** Of a mail server; a provider always has a key. */
    sign_in: SignIn;
    /** Or a token, or a provider's key. */
    password: string;
    /** A provider's domain or region. */
    place: string;
    region: string;
}

/**
 * The fields as the one line that the server reads: `smtp://user:password@host:587`, `mailgun://key@domain?region=eu`. A token that is fetched
 * anew is not in it.
 */
export function relayURL({ service, host, port, user, sign_in, password, place, region }: RelayFields): string {
    const part = (text: string): string => encodeURIComponent(text.trim());
    if (service === "smtp" || service === "smtps") {
        const secret = sign_in === "oauth" ? "" : `:${encodeURIComponent(password)}`;
        const who = user.trim() === "" ? "" : `${part(user)}${secret}@`;
        const auth = who === "" || sign_in === "password" ? "" : "?auth=xoauth2";
        return `${service}://${who}${host.trim()}${port.trim() === "" ? "" : `:${port.trim()}`}${auth}`;
    }
    const who = service === "ses" ? `${part(user)}:${part(password)}` : part(password);
    return `${service}://${who}@${place.trim()}${region === "" ? "" : `?region=${region}`}`;
}
