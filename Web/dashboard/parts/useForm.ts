import { useState } from "react";
import { APIError, explain } from "../model/api";

/** A form whose faults stand at their fields. A refusal that names no field of it stands below all. */
export interface Form<Fields extends object> {
    fields: Fields;
    set: (part: Partial<Fields>) => void;
    fault: (name: keyof Fields & string) => string | null;
    error: string | null;
    /** What is done just now; null while nothing is. */
    working: string | null;
    /** Runs one piece of work at a time. `what` is what the button says meanwhile. */
    run: (what: string, work: () => Promise<void>) => void;
    refuse: (name: keyof Fields & string, words: string) => void;
}

/** - aliases: names of the API for fields that are called otherwise here. */
export function useForm<Fields extends object>(start: Fields, aliases: Record<string, keyof Fields & string> = {}): Form<Fields> {
    const [fields, setFields] = useState(start);
    const [faults, setFaults] = useState<Partial<Record<string, string>>>({});
    const [error, setError] = useState<string | null>(null);
    const [working, setWorking] = useState<string | null>(null);
    return {
        fields, error, working,
        set: (part) => {
            setFields((now) => ({ ...now, ...part }));
            setFaults((now) => Object.fromEntries(Object.entries(now).filter(([name]) => !(name in part))));
        },
        fault: (name) => faults[name] ?? null,
        refuse: (name, words) => setFaults({ [name]: words }),
        run: (what, work) => {
            if (working !== null) return;
            setWorking(what);
            setFaults({});
            setError(null);
            work().catch((failure: unknown) => {
                const named = failure instanceof APIError ? (failure.body as { attributes?: string[] } | null)?.attributes?.[0] : undefined;
                const name = named === undefined ? undefined : aliases[named] ?? named;
                if (name !== undefined && name in start) setFaults({ [name]: explain(failure) });
                else setError(explain(failure));
            }).finally(() => setWorking(null));
        },
    };
}
