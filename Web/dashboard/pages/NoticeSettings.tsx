import { useEffect, useState } from "react";
import { browserNotices, chime, chooseSound, soundChoice, soundChoices } from "../model/alerts";
import type { BrowserNotices, SoundChoice } from "../model/alerts";
import { explain, get, patch } from "../model/api";
import { useCell } from "../model/cells";
import { change } from "../model/prefs";
import { account, session } from "../model/session";
import { attempt } from "../model/toasts";
import { Field, Spinner, Switch, Trouble } from "../parts/Small";
import { words } from "../words";

const say = words.notices.settings;

interface Flags {
    all_push_flags: string[];
    selected_email_flags: string[];
    selected_push_flags: string[];
}

/** How this agent wants to be told. Kept on the server at each change, but for what belongs to this browser. */
export function NoticeSettings(): JSX.Element {
    return (
        <section className="notice-settings" aria-labelledby="notice-settings">
            <h2 id="notice-settings">{say.title}</h2>
            <FlagSettings />
            <Sound />
            <InBrowser />
        </section>
    );
}

function FlagSettings(): JSX.Element {
    const [flags, setFlags] = useState<Flags | null>(null);
    const [error, setError] = useState<string | null>(null);
    const load = (): void => {
        setError(null);
        get<Flags>(account("/notification_settings")).then(setFlags).catch((failure: unknown) => setError(explain(failure)));
    };
    useEffect(load, []);
    if (error !== null) return <Trouble text={error} retry={load} />;
    if (flags === null) return <Spinner label={words.notices.loading} />;
    const save = (next: Flags): void => {
        const before = flags;
        setFlags(next);
        void attempt(async () => {
            try {
                const { selected_email_flags, selected_push_flags } = next;
                setFlags(await patch<Flags>(account("/notification_settings"),
                    { notification_settings: { selected_email_flags, selected_push_flags } }));
            } catch (failure) {
                setFlags(before);
                throw failure;
            }
        });
    };
    const toggle = (way: "selected_email_flags" | "selected_push_flags", name: string) => (on: boolean): void =>
        save({ ...flags, [way]: on ? [...flags[way], name] : flags[way].filter((one) => one !== name) });
    const email = (name: string, label: string, hint: string): JSX.Element =>
        <Switch label={label} hint={hint} on={flags.selected_email_flags.includes(name)} onChange={toggle("selected_email_flags", name)} />;
    return (
        <>
            <section className="card form"><h3>{say.email}</h3>
                {email("email_assigned_conversation_new_message", say.emailMessage, say.emailMessageHint)}
                {email("email_conversation_mention", say.emailMention, say.emailMentionHint)}
            </section>
            <section className="card form"><h3>{say.dashboard}</h3>
                {Object.keys(say.flags).filter((name) => flags.all_push_flags.includes(name)).map((name) => <Switch key={name}
                    label={say.flags[name] ?? name} on={flags.selected_push_flags.includes(name)}
                    onChange={toggle("selected_push_flags", name)} />)}
            </section>
        </>
    );
}

function Sound(): JSX.Element {
    useCell(session);
    return (
        <section className="card form"><h3>{say.sound}</h3>
            <div className="sound-row">
                <Field label={say.sound}><select value={soundChoice()} onChange={(event) => {
                    const choice = event.target.value as SoundChoice;
                    if (choice !== "none") chime();
                    void attempt(() => chooseSound(choice));
                }}>{soundChoices.map((one) => <option key={one} value={one}>{say.sounds[one]}</option>)}</select></Field>
                <button type="button" className="button" onClick={chime}>{say.play}</button>
            </div>
        </section>
    );
}

/** The browser asks for leave only after the button. */
function InBrowser(): JSX.Element {
    const [state, setState] = useState<BrowserNotices>(browserNotices);
    const allow = (): void => {
        void Notification.requestPermission().then((answer) => {
            if (answer === "granted") change({ browserNotices: true });
            setState(browserNotices());
        });
    };
    const stop = (): void => {
        change({ browserNotices: false });
        setState(browserNotices());
    };
    return (
        <section className="card form"><h3>{say.browser}</h3>
            <p className="field-hint">{say.browserHint}</p>
            <p role="status">{say.states[state]}</p>
            {state === "off" && <div className="save-bar"><button type="button" className="button primary" onClick={allow}>{say.allow}</button></div>}
            {state === "on" && <div className="save-bar"><button type="button" className="button" onClick={stop}>{say.stop}</button></div>}
        </section>
    );
}
