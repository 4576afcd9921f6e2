import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { words } from "../words";
import { Icon } from "./Icon";
import type { IconName } from "./Icon";

/** Something is on its way. Invisible for the first moment: what is quick shows no spinner. */
export function Spinner({ label }: { label: string }): JSX.Element | null {
    const [shown, show] = useState(false);
    useEffect(() => {
        const timer = window.setTimeout(() => show(true), 300);
        return () => window.clearTimeout(timer);
    }, []);
    return shown ? <span className="spinner" role="status" aria-label={label} /> : null;
}

/** A quiet page: nothing here, and what to do about it. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }): JSX.Element {
    return (
        <div className="empty">
            <span className="empty-icon"><Icon name={icon} size={24} /></span>
            <p className="empty-title">{title}</p>
            {children !== undefined && <p className="empty-text">{children}</p>}
        </div>
    );
}

/** A sentence that says what went wrong, and the way out. */
export function Trouble({ text, retry }: { text: string; retry?: () => void }): JSX.Element {
    return (
        <div className="trouble" role="alert">
            <Icon name="warning" size={18} />
            <span>{text}</span>
            {retry !== undefined && <button type="button" className="button small" onClick={retry}>{words.errors.retry}</button>}
        </div>
    );
}

export function Field({ label, hint, error, children }: { label: string; hint?: string; error?: string | null;
    children: ReactNode }): JSX.Element {
    return (
        <label className="field">
            <span className="field-label">{label}</span>
            {children}
            {error ? <span className="field-error" role="alert">{error}</span>
                : hint !== undefined && <span className="field-hint">{hint}</span>}
        </label>
    );
}

export function Switch({ label, hint, on, onChange }: { label: string; hint?: string; on: boolean;
    onChange: (on: boolean) => void }): JSX.Element {
    return (
        <label className="switch-row">
            <span className="switch-words">
                <span className="field-label">{label}</span>
                {hint !== undefined && <span className="field-hint">{hint}</span>}
            </span>
            <input type="checkbox" role="switch" className="switch" checked={on} onChange={(event) => onChange(event.target.checked)} />
        </label>
    );
}

/** Text with its web and mail addresses as links. Linear: words are looked at one by one. */
export function Linked({ text }: { text: string }): JSX.Element {
    return <>{text.split(/(\s+)/).map((word, index) => <Word key={index} word={word} />)}</>;
}

function Word({ word }: { word: string }): JSX.Element {
    if (word.length < 2048 && /^[(<"']?https?:\/\//.test(word)) {
        const before = /^[(<"']/.test(word) ? word.slice(0, 1) : "";
        let address = word.slice(before.length);
        let after = "";
        while (address.length > 8 && /[.,;:!?)>"'\]]$/.test(address)) {
            after = address.slice(-1) + after;
            address = address.slice(0, -1);
        }
        return <>{before}<a href={address} target="_blank" rel="noopener noreferrer nofollow">{address}</a>{after}</>;
    }
    return <>{word}</>;
}
