import { useEffect, useRef } from "react";
import type { ReactNode } from "react";

/** A pane that comes over the others from the side. It has the focus while it is open; Esc and a click beside it close it. */
export function Drawer({ label, close, children }: { label: string; close: () => void; children: ReactNode }): JSX.Element {
    const box = useRef<HTMLDivElement>(null);
    useEffect(() => {
        const before = document.activeElement as HTMLElement | null;
        if (box.current?.contains(before) !== true) box.current?.focus();
        return () => before?.focus();
    }, []);
    return (
        <div ref={box} className="drawer" role="dialog" aria-modal="true" aria-label={label} tabIndex={-1}
            onPointerDown={(event) => { if (event.target === event.currentTarget) close(); }}
            onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } }}>
            {children}
        </div>
    );
}
