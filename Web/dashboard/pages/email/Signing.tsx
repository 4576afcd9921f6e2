import { useEffect, useState } from "react";
import { explain, get, put } from "../../model/api";
import type { SigningSettings } from "../../model/email";
import { account } from "../../model/session";
import { CopyButton } from "../../parts/CopyButton";
import { Switch } from "../../parts/Small";
import { words } from "../../words";
import { useForm } from "./useForm";

/** Signing what goes out (DKIM), where no relay does it; the row that makes it known. */
export function Signing({ inbox, changes, changed }: { inbox: number; changes: number; changed: () => void }): JSX.Element {
    const [kept, setKept] = useState<SigningSettings | null>(null);
    const [trouble, setTrouble] = useState<string | null>(null);
    const form = useForm({});
    const path = account(`/inboxes/${inbox}/dkim`);
    useEffect(() => {
        get<SigningSettings>(path).then((now) => { setKept(now); setTrouble(null); }).catch((failure: unknown) => setTrouble(explain(failure)));
    }, [path, changes]);
    const turn = (on: boolean): void => form.run(words.inboxes.saving, async () => {
        setKept(await put<SigningSettings>(path, { on }));
        changed();
    });
    const { signing, dns } = words.email;
    const error = form.error ?? trouble;
    return (
        <div className="step-form">
            <Switch label={signing.title} hint={form.working ?? signing.hint} on={kept?.on ?? false} onChange={turn} />
            {error !== null && <p className="field-error" role="alert">{error}</p>}
            {kept?.on === true && kept.record !== null && <div className="dns-row">
                <div className="dns-head"><b>TXT</b></div>
                <dl>
                    <div><dt>{dns.name}</dt><dd><code>{kept.record.name}</code><CopyButton text={kept.record.name} what={`DKIM ${dns.name}`} />
                        </dd></div>
                    <div><dt>{dns.value}</dt><dd><code>{kept.record.value}</code>
                        <CopyButton text={kept.record.value} what={`DKIM ${dns.value}`} /></dd></div>
                </dl>
                <p className="field-hint">{signing.row}</p>
            </div>}
        </div>
    );
}
