type Child = Node | string | null | undefined | false;
type Props = Record<string, unknown>;

/** Makes an element: `on…` properties become listeners, `class` and others attributes; `false` and `null` are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
        if (value === false || value === null || value === undefined) continue;
        if (typeof value === "function") element.addEventListener(name.slice(2).toLowerCase(), value as EventListener);
        else element.setAttribute(name, value === true ? "" : String(value));
    }
    for (const child of children) if (child || child === "") element.append(child);
    return element;
}

const STROKE = 'fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"';
const PATHS = {
    back: `<path ${STROKE} d="m12.5 4.5-5.5 5.5 5.5 5.5"/>`,
    close: `<path ${STROKE} d="m5 5 10 10M15 5 5 15"/>`,
    popout: `<path ${STROKE} d="M11.5 4.5h4v4m0-4-6 6M8.5 5.5H6A1.5 1.5 0 0 0 4.5 7v7A1.5 1.5 0 0 0 6 15.5h7a1.5 1.5 0 0 0 1.5-1.5v-2.5"/>`,
    clip: `<path ${STROKE} d="m15.8 9.3-5.9 5.9a3.7 3.7 0 0 1-5.2-5.2l6.2-6.2a2.45 2.45 0 0 1 3.5 3.5l-6 6a1.2 1.2 0 0 1-1.75-1.7l5.2-5.2"/>`,
    smile: `<circle ${STROKE} cx="10" cy="10" r="6.7"/><path ${STROKE} d="M7.3 11.7c.6 1 1.5 1.5 2.7 1.5s2.1-.5 2.7-1.5"/><path d="M7.7 7.2a.9.9 0 1 1 0 1.8.9.9 0 0 1 0-1.8Zm4.6 0a.9.9 0 1 1 0 1.8.9.9 0 0 1 0-1.8Z" fill="currentColor"/>`,
    send: `<path fill="currentColor" d="M3.5 4.3c-.3-.9.6-1.7 1.5-1.3l12 6c.8.4.8 1.6 0 2l-12 6c-.9.4-1.8-.4-1.5-1.3L5.1 11l6-1-6-1-1.6-4.7Z"/>`,
    arrow: `<path ${STROKE} d="M4 10h11.5m-4.5-4.5L15.5 10 11 14.5"/>`,
    mail: `<rect ${STROKE} x="2.8" y="4.5" width="14.4" height="11" rx="2"/><path ${STROKE} d="m3.3 6 6.7 5 6.7-5"/>`,
    down: `<path ${STROKE} d="M10 4.5v11m-4.5-4.5 4.5 4.5 4.5-4.5"/>`,
    file: `<path ${STROKE} d="M11.5 2.8H6.3a1.5 1.5 0 0 0-1.5 1.5v11.4a1.5 1.5 0 0 0 1.5 1.5h7.4a1.5 1.5 0 0 0 1.5-1.5V6.5l-3.7-3.7Zm0 0v3.7h3.7"/>`,
    check: `<path ${STROKE} d="m4.5 10.5 3.7 3.7 7.3-8"/>`,
    more: `<path d="M5 8.6a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8Zm5 0a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8Zm5 0a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8Z" fill="currentColor"/>`,
    clock: `<circle ${STROKE} cx="10" cy="10" r="6.7"/><path ${STROKE} d="M10 6.3V10l2.4 1.5"/>`,
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): HTMLElement {
    const holder = h("span", { class: "icon icon-" + name, "aria-hidden": "true" });
    holder.innerHTML = `<svg viewBox="0 0 20 20">${PATHS[name]}</svg>`;
    return holder;
}

/** Puts `children` into `parent` in this order, moving only what is elsewhere, so that focus and scroll survive. */
export function arrange(parent: HTMLElement, children: Node[]): void {
    const wanted = new Set(children);
    for (const old of [...parent.childNodes]) if (!wanted.has(old)) old.remove();
    let at: ChildNode | null = parent.firstChild;
    for (const child of children) {
        if (child === at) at = at.nextSibling;
        else parent.insertBefore(child, at);
    }
}

/** Storage may be forbidden in a frame; what is kept there is then kept until the frame goes. */
const memory = new Map<string, string>();
export const storage = {
    get(key: string): string | null {
        try {
            return localStorage.getItem("throughline." + key) ?? memory.get(key) ?? null;
        } catch {
            return memory.get(key) ?? null;
        }
    },
    set(key: string, value: string | null): void {
        if (value === null) memory.delete(key);
        else memory.set(key, value);
        try {
            if (value === null) localStorage.removeItem("throughline." + key);
            else localStorage.setItem("throughline." + key, value);
        } catch {
            // forbidden or full: memory holds it
        }
    },
};
