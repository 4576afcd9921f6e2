import { useEffect, useRef, useState } from "react";

/** How long a pointer that rests still counts as choosing. */
const rest = 2500;

/**
 * The order in which rows are shown. While the pointer is at work on the list nothing moves under it: rows that belong
 * elsewhere wait, rows that are gone go, rows that are loaded at the end come.
 */
export function useCalmOrder(ids: number[], view: unknown): {
    ids: number[]; waiting: boolean; settle: () => void; onPointerMove: (event: React.PointerEvent) => void; onPointerLeave: () => void;
} {
    const [busy, setBusy] = useState(false);
    const shown = useRef<{ ids: number[]; view: unknown }>({ ids, view });
    const timer = useRef(0);
    useEffect(() => () => window.clearTimeout(timer.current), []);

    let waiting = false;
    if (!busy || shown.current.view !== view || shown.current.ids.length === 0) {
        shown.current = { ids, view };
    } else if (shown.current.ids !== ids) {
        const before = new Set(shown.current.ids);
        const present = new Set(ids);
        const kept = shown.current.ids.filter((id) => present.has(id));
        let tail = ids.length;
        while (tail > 0 && !before.has(ids[tail - 1] ?? 0)) tail -= 1;
        const calm = [...kept, ...ids.slice(tail)];
        waiting = calm.length !== ids.length || calm.some((id, index) => id !== ids[index]);
        shown.current = { ids: waiting ? calm : ids, view };
    }
    return {
        ids: shown.current.ids,
        waiting,
        settle: () => setBusy(false),
        onPointerMove: (event) => {
            if (event.pointerType !== "mouse") return;
            window.clearTimeout(timer.current);
            timer.current = window.setTimeout(() => setBusy(false), rest);
            if (!busy) setBusy(true);
        },
        onPointerLeave: () => {
            window.clearTimeout(timer.current);
            setBusy(false);
        },
    };
}
