import { createContext, useContext, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { createPortal } from "react-dom";

const Close = createContext<() => void>(() => {});

/** A button that opens a list of choices below or above itself. Arrow keys move, Esc closes and gives the focus back. */
export function Menu({ label, button, className, children, filter, align = "start", openSignal, onOpen, width, title }: {
    label: string;
    button: ReactNode;
    className?: string;
    children: ReactNode;
    /** A field above the choices that narrows them. */
    filter?: ReactNode;
    align?: "start" | "end";
    /** Opens whenever this number grows: how a key opens a menu. */
    openSignal?: number;
    /** Runs whenever it opens. */
    onOpen?: () => void;
    width?: number;
    title?: string;
}): JSX.Element {
    const [open, setOpen] = useState(false);
    const anchor = useRef<HTMLButtonElement>(null);
    const id = useId();
    const signal = useRef(openSignal);

    // Before the next key comes: who types on at once types into the menu.
    useLayoutEffect(() => {
        if (openSignal !== undefined && signal.current !== openSignal) setOpen(true);
        signal.current = openSignal;
    }, [openSignal]);

    useEffect(() => {
        if (open) onOpen?.();
        // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [open]);

    const close = (): void => {
        setOpen(false);
        anchor.current?.focus();
    };
    return (
        <>
            <button ref={anchor} type="button" className={className ?? "button"} aria-haspopup="true" aria-expanded={open}
                aria-controls={open ? id : undefined}
                aria-label={label} title={title} onClick={() => setOpen(!open)}
                onKeyDown={(event) => { if (event.key === "ArrowDown") { event.preventDefault(); setOpen(true); } }}>
                {button}
            </button>
            {open && anchor.current !== null &&
                <Popup id={id} label={label} anchor={anchor.current} align={align} width={width} filter={filter} close={close}
                    dismiss={() => setOpen(false)}>{children}</Popup>}
        </>
    );
}

function Popup({ id, label, anchor, align, width, filter, close, dismiss, children }: {
    id: string; label: string; anchor: HTMLElement; align: "start" | "end"; width?: number; filter?: ReactNode; close: () => void;
        dismiss: () => void; children: ReactNode;
}): JSX.Element {
    const box = useRef<HTMLDivElement>(null);
    const [place, setPlace] = useState<{ left: number; top: number; maxHeight: number } | null>(null);

    useLayoutEffect(() => {
        const popup = box.current;
        if (popup === null) return;
        const at = anchor.getBoundingClientRect();
        const gap = 6;
        const edge = 8;
        const below = window.innerHeight - at.bottom - gap - edge;
        const above = at.top - gap - edge;
        const height = popup.scrollHeight + 2;
        const down = below >= Math.min(height, 220) || below >= above;
        const maxHeight = Math.min(520, down ? below : above);
        const used = Math.min(height, maxHeight);
        const wanted = align === "start" ? at.left : at.right - popup.offsetWidth;
        setPlace({
            left: Math.max(edge, Math.min(wanted, window.innerWidth - popup.offsetWidth - edge)),
            top: down ? at.bottom + gap : at.top - gap - used,
            maxHeight,
        });
    }, [anchor, align]);

    // What is not visible yet cannot take the focus: only once it has its place.
    const placed = place !== null;
    useLayoutEffect(() => {
        const popup = box.current;
        if (popup === null || !placed) return;
        const first = popup.querySelector<HTMLElement>("[data-autofocus]") ?? popup.querySelector<HTMLElement>('[aria-checked="true"]')
            ?? popup.querySelector<HTMLElement>("[role^=menuitem]:not([disabled])");
        (first ?? popup).focus({ preventScroll: true });
    }, [placed]);

    useEffect(() => {
        const outside = (event: PointerEvent): void => {
            const target = event.target as Node;
            if (box.current?.contains(target) !== true && !anchor.contains(target)) dismiss();
        };
        const moved = (): void => dismiss();
        document.addEventListener("pointerdown", outside, true);
        window.addEventListener("resize", moved);
        return () => {
            document.removeEventListener("pointerdown", outside, true);
            window.removeEventListener("resize", moved);
        };
    }, [anchor, dismiss]);

    const keys = (event: KeyboardEvent): void => {
        if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            close();
            return;
        }
        if (event.key === "Tab") { dismiss(); return; }
        // Sideways, too, for choices that stand beside each other; a field above them keeps its own arrows.
        const sideways = (event.key === "ArrowLeft" || event.key === "ArrowRight") && !(event.target instanceof HTMLInputElement);
        if (!sideways && event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        const items = [...(box.current?.querySelectorAll<HTMLElement>("[role^=menuitem]:not([disabled])") ?? [])];
        if (items.length === 0) return;
        event.preventDefault();
        const at = items.indexOf(document.activeElement as HTMLElement);
        const step = event.key === "ArrowDown" || event.key === (document.dir === "rtl" ? "ArrowLeft" : "ArrowRight") ? 1 : -1;
        items[(at + step + items.length) % items.length]?.focus();
    };
    return createPortal(
        <Close.Provider value={close}>
            <div ref={box} id={id} className="popup" role={filter === undefined ? "menu" : "dialog"} aria-label={label} tabIndex={-1}
                onKeyDown={keys}
                style={{ left: place?.left ?? 0, top: place?.top ?? 0, maxHeight: place?.maxHeight, width, visibility: place === null
                    ? "hidden" : undefined }}>
                {filter}
                {filter === undefined ? children : <div role="menu" aria-label={label}>{children}</div>}
            </div>
        </Close.Provider>,
        // Inside the landmark that it belongs to, for those who walk the page by landmarks.
        anchor.closest("main, nav, [role=dialog]") ?? document.body,
    );
}

export function MenuItem({ children, hint, icon, checked, danger, disabled, keepOpen, onSelect }: {
    children: ReactNode; hint?: string; icon?: ReactNode; checked?: boolean; danger?: boolean; disabled?: boolean; keepOpen?: boolean;
        onSelect: () => void;
}): JSX.Element {
    const close = useContext(Close);
    return (
        <button type="button" className="menu-item" role={checked === undefined ? "menuitem" : "menuitemradio"} aria-checked={checked}
            disabled={disabled}
            data-danger={danger || undefined} onClick={() => { if (keepOpen !== true) close(); onSelect(); }}>
            {icon !== undefined && <span className="menu-icon">{icon}</span>}
            <span className="menu-words">
                <span>{children}</span>
                {hint !== undefined && <span className="menu-hint">{hint}</span>}
            </span>
            {checked === true && <span className="menu-check" aria-hidden="true">✓</span>}
        </button>
    );
}

export function MenuHeading({ children }: { children: ReactNode }): JSX.Element {
    return <div className="menu-heading">{children}</div>;
}

export function MenuLine(): JSX.Element {
    return <div className="menu-line" role="separator" />;
}

/** For content inside a menu that closes it by itself. */
export function useCloseMenu(): () => void { return useContext(Close); }
