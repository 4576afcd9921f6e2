export type Service = "smtp" | "smtps" | "postmark" | "mailgun" | "sendgrid" | "ses";

export interface RelayFields {
    service: Service;
    host: string;
    port: string;
    user: string;
    password: string;
    /** A provider's domain or region. */
    place: string;
    region: string;
}

/** The fields as the one line that the server reads: `smtp://user:password@host:587`, `mailgun://key@domain?region=eu`. */
export function relayURL({ service, host, port, user, password, place, region }: RelayFields): string {
    const part = (text: string): string => encodeURIComponent(text.trim());
    if (service === "smtp" || service === "smtps") {
        const who = user.trim() === "" ? "" : `${part(user)}:${encodeURIComponent(password)}@`;
        return `${service}://${who}${host.trim()}${port.trim() === "" ? "" : `:${port.trim()}`}`;
    }
    const who = service === "ses" ? `${part(user)}:${part(password)}` : part(password);
    return `${service}://${who}@${place.trim()}${region === "" ? "" : `?region=${region}`}`;
}
