import { useRef } from "react";
import type { KeyboardEvent, PointerEvent } from "react";
import { clamp } from "../model/prefs";

/** The line between two panes: drag it, or move it by the arrow keys; a double click brings the usual width back. */
export function Splitter({ label, value, bounds, usual, side, onChange }: {
    label: string; value: number; bounds: { min: number; max: number }; usual: number;
    /** Which pane has the width: the one before or after the line. */
    side: "before" | "after";
    onChange: (width: number) => void;
}): JSX.Element {
    const start = useRef<{ x: number; width: number } | null>(null);
    const sign = side === "before" ? 1 : -1;

    const down = (event: PointerEvent<HTMLDivElement>): void => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: value };
    };
    const move = (event: PointerEvent): void => {
        if (start.current !== null) onChange(clamp(start.current.width + sign * (event.clientX - start.current.x), bounds));
    };
    const keys = (event: KeyboardEvent): void => {
        const step = event.key === "ArrowRight" ? 16 : event.key === "ArrowLeft" ? -16 : 0;
        if (step === 0) return;
        event.preventDefault();
        onChange(clamp(value + sign * step, bounds));
    };
    return (
        <div className="splitter" role="separator" aria-orientation="vertical" aria-label={label} tabIndex={0}
            aria-valuenow={value} aria-valuemin={bounds.min} aria-valuemax={bounds.max}
            onPointerDown={down} onPointerMove={move} onPointerUp={() => { start.current = null; }}
                onPointerCancel={() => { start.current = null; }}
            onKeyDown={keys} onDoubleClick={() => onChange(usual)} />
    );
}
