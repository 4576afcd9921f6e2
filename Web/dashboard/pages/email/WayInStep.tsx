import { useCallback, useEffect, useState } from "react";
import { APIError, explain, get } from "../../model/api";
import type { MailboxSettings, ProviderSettings } from "../../model/email";
import { account } from "../../model/session";
import { Spinner, Trouble } from "../../parts/Small";
import { words } from "../../words";
import { MailboxForm } from "./MailboxForm";
import { ProviderForm } from "./ProviderForm";
import { Step, Ways } from "./Step";

type Way = "here" | "mailbox" | "provider";
interface Kept { mailbox: MailboxSettings | null; provider: ProviderSettings }

/** How mail comes in: straight to this server, fetched from a mailbox, or handed over by a provider. */
export function WayInStep({ inbox, changed }: { inbox: number; changed: () => void }): JSX.Element {
    const [kept, setKept] = useState<Kept | null>(null);
    const [way, setWay] = useState<Way | null>(null);
    const [error, setError] = useState<string | null>(null);
    const path = account(`/inboxes/${inbox}`);
    const load = useCallback(() => {
        setError(null);
        Promise.all([
            get<MailboxSettings>(`${path}/mailbox`).catch((failure: unknown) => {
                if (failure instanceof APIError && failure.status === 404) return null;
                throw failure;
            }),
            get<ProviderSettings>(`${path}/provider`),
        ]).then(([mailbox, provider]) => {
            setKept({ mailbox, provider });
            setWay((now) => now ?? (mailbox !== null ? "mailbox" : provider.kind !== null ? "provider" : "here"));
        }).catch((failure: unknown) => setError(explain(failure)));
    }, [path]);
    useEffect(load, [load]);
    const connecting = kept?.mailbox?.state === "connecting";
    useEffect(() => {
        if (!connecting) return undefined;
        const timer = window.setInterval(load, 2500);
        return () => window.clearInterval(timer);
    }, [connecting, load]);
    const took = (part: Partial<Kept>): void => {
        setKept((now) => (now === null ? now : { ...now, ...part }));
        changed();
    };
    const { wayIn } = words.email;
    return (
        <Step title={wayIn.title} lead={wayIn.lead} done={kept?.mailbox?.state === "working" || kept?.provider.kind != null}>
            {error !== null && <Trouble text={error} retry={load} />}
            {kept === null && error === null && <Spinner label={wayIn.loading} />}
            {kept !== null && way !== null && <>
                <Ways label={wayIn.title} chosen={way} choose={setWay}
                    ways={(["here", "mailbox", "provider"] as const).map((name) => ({ name, ...wayIn.ways[name] }))} />
                {way === "here" && <p className="field-hint">
                    {kept.mailbox !== null || kept.provider.kind !== null ? wayIn.hereBeside : wayIn.here}</p>}
                {way === "mailbox" && <MailboxForm path={`${path}/mailbox`} kept={kept.mailbox} took={(mailbox) => took({ mailbox })} />}
                {way === "provider" &&
                    <ProviderForm path={`${path}/provider`} kept={kept.provider} took={(provider) => took({ provider })} />}
            </>}
        </Step>
    );
}
