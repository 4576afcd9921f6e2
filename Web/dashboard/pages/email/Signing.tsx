import { useEffect, useState } from "react";
import { explain, get, put } from "../../model/api";
import type { SigningSettings } from "../../model/email";
import { account } from "../../model/session";
import { Switch } from "../../parts/Small";
import { words } from "../../words";
import { useForm } from "../../parts/useForm";

/** Signing what goes out (DKIM), where no relay does it. The row that makes its key known stands among the others, in the step on DNS. */
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
    const { signing } = words.email;
    const error = form.error ?? trouble;
    return (
        <div className="step-form">
            <Switch label={signing.title} hint={form.working ?? signing.hint} on={kept?.on ?? false} onChange={turn} />
            {error !== null && <p className="field-error" role="alert">{error}</p>}
            {kept?.on === true && kept.record !== null && <p className="field-hint">{signing.row}</p>}
        </div>
    );
}
