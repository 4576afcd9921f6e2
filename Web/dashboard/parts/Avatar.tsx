import { useState } from "react";
import { words } from "../words";
import type { Presence } from "../model/types";

const hues = 8;

/** The same name always has the same colour. */
function hue(text: string): number {
    let sum = 0;
    for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
    return sum % hues;
}

function initials(name: string): string {
    const parts = name.trim().split(/\s+/);
    const first = [...(parts[0] ?? "")][0] ?? "";
    const last = parts.length > 1 ? [...(parts[parts.length - 1] ?? "")][0] ?? "" : "";
    return (first + last).toUpperCase();
}

export function Avatar({ name, picture, size = 36, presence }: {
    name: string; picture?: string | null; size?: number; presence?: Presence;
}): JSX.Element {
    const [broken, setBroken] = useState(false);
    const shown = typeof picture === "string" && picture !== "" && !broken;
    return (
        <span className="avatar" data-hue={hue(name)} style={{ width: size, height: size, fontSize: Math.round(size * 0.37) }}
            aria-hidden={presence === undefined ? true : undefined}>
            {shown ? <img src={picture} alt="" onError={() => setBroken(true)} />
                : <span className="avatar-letters">{initials(name)}</span>}
            {presence !== undefined && <PresenceDot presence={presence} />}
        </span>
    );
}

export function PresenceDot({ presence }: { presence: Presence }): JSX.Element {
    return <span className="presence-dot" data-presence={presence} role="img" aria-label={words.presence[presence]}
        title={words.presence[presence]} />;
}
