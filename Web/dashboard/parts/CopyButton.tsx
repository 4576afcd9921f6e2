import { useEffect, useState } from "react";
import { words } from "../words";
import { Icon } from "./Icon";

/** Copies a text, and says for a moment that it did. `what`: for those who do not see what stands beside it. */
export function CopyButton({ text, what, label }: { text: string; what: string; label?: string }): JSX.Element {
    const [copied, setCopied] = useState(false);
    useEffect(() => {
        if (!copied) return undefined;
        const timer = window.setTimeout(() => setCopied(false), 2000);
        return () => window.clearTimeout(timer);
    }, [copied]);
    const copy = (): void => { void navigator.clipboard?.writeText(text).then(() => setCopied(true)).catch(() => undefined); };
    return (
        <button type="button" className={label === undefined ? "icon-button copy" : "button small"}
            aria-label={label === undefined ? `${copied ? words.inboxes.copied : words.inboxes.copy}: ${what}` : undefined} onClick={copy}>
            <Icon name={copied ? "check" : "copy"} size={14} />{label !== undefined && (copied ? words.inboxes.copied : label)}</button>
    );
}
