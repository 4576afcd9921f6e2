import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";

/** A window over the page: takes the focus, keeps it, and gives it back. Esc and a click beside it close. */
export function Dialog({ label, className, close, children }: { label: string; className?: string; close: () => void;
    children: ReactNode }): JSX.Element {
    const box = useRef<HTMLDivElement>(null);
    useEffect(() => {
        const before = document.activeElement as HTMLElement | null;
        (box.current?.querySelector<HTMLElement>("[data-autofocus]") ?? box.current)?.focus();
        return () => before?.focus();
    }, []);
    return createPortal(
        <div className="veil" onPointerDown={(event) => { if (event.target === event.currentTarget) close(); }}>
            <div ref={box} className={`dialog ${className ?? ""}`} role="dialog" aria-modal="true" aria-label={label} tabIndex={-1}
                onKeyDown={(event) => {
                    if (event.key === "Escape") { event.stopPropagation(); close(); }
                    if (event.key === "Tab") keepInside(event, box.current);
                }}>
                {children}
            </div>
        </div>,
        document.body,
    );
}

function keepInside(event: React.KeyboardEvent, box: HTMLElement | null): void {
    const items = [...(box?.querySelectorAll<HTMLElement>("a[href], button:not([disabled]), input, textarea, [tabindex='0']") ?? [])];
    const first = items[0];
    const last = items[items.length - 1];
    if (first === undefined || last === undefined) return;
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
    else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
}
