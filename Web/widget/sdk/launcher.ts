import { CSS } from "./launcher.css";
import type { LauncherWords } from "./words";

const svg = (name: string, size: number, inside: string) => `<svg class="${name}" viewBox="0 0 ${size} ${size}" aria-hidden="true" fill="none">${inside}</svg>`;
const line = (path: string) => `<path d="${path}" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>`;
const BUBBLE = svg("c", 28, '<path d="M14 4.5C8 4.5 3.5 8.5 3.5 13.5c0 3 1.5 5.5 4 7.1L6 25l5.5-2.5c7 1.5 13-3 13-9s-4.5-9-10.5-9Z" fill="currentColor"/>');
const DOWN = svg("x", 28, line("m7 11 7 7 7-7"));
const CROSS = svg("", 20, line("m5 5 10 10m0-10L5 15"));

export interface LauncherOptions {
    left: boolean;
    label: string;
    hidden: boolean;
    flat: boolean;
    words: () => LauncherWords;
    /** Clicks that a keyboard made have no `detail`. */
    toggle: (event?: Event) => void;
}

export type Launcher = ReturnType<typeof makeLauncher>;

/** The round button, its badge, the glimpse of an unread answer, and the panel where the frame goes. */
export function makeLauncher({ left, label, hidden, flat, words, toggle }: LauncherOptions) {
    const host = document.createElement("div");
    host.id = "throughline-widget";
    const shadow = host.attachShadow({ mode: "open" });
    addStyles(shadow);
    const root = document.createElement("div");
    root.className = `root${left ? " left" : ""}${flat ? " flat" : ""}`;
    root.innerHTML = `<div class="panel" id="panel"></div><button class="launcher" aria-controls="panel"><span class="icons">${BUBBLE}${DOWN}</span><span class="label"></span><span class="badge"></span></button>`;
    const find = (name: string) => root.querySelector("." + name) as HTMLElement;
    const [panel, button, badge] = [find("panel"), find("launcher"), find("badge")];
    find("label").textContent = label;
    button.hidden = hidden;
    button.onclick = toggle;
    shadow.append(root);
    document.body.append(host);

    let unread = 0;
    let open = false;
    let peek: HTMLElement | null = null;
    const dim = matchMedia("(prefers-color-scheme: dark)");
    let dark = "auto";
    const scheme = (next = dark) => {
        dark = next;
        root.classList.toggle("dark", dark === "dark" || (dark === "auto" && dim.matches));
    };
    dim.onchange = () => scheme();

    const hidePeek = () => {
        peek?.remove();
        peek = null;
    };
    /** The button's name says what waits behind it; whether the panel is open is its state. */
    const name = () => {
        const called = label || words().name;
        button.setAttribute("aria-label", unread ? `${called}. ${words().unread(unread)}` : called);
        button.setAttribute("aria-expanded", String(open));
    };
    root.onkeydown = (event) => {
        if (event.key !== "Escape") return;
        if (open) toggle();
        else hidePeek();
    };
    name();

    return {
        panel,
        scheme,
        name,
        /** The button's and its icon's, with a space between. */
        colours(pair: string): void {
            pair.split(" ").forEach((colour, index) => root.style.setProperty(index ? "--on" : "--fill", colour));
        },
        show(visible: boolean): void {
            button.hidden = !visible;
        },
        setOpen(next: boolean): void {
            open = next;
            root.classList.toggle("open", open);
            hidePeek();
            name();
        },
        ready(yes: boolean): void {
            root.classList.toggle("ready", yes);
        },
        focus(): void {
            button.focus();
        },
        setUnread(count: number): void {
            unread = count;
            badge.textContent = count > 99 ? "99+" : count ? String(count) : "";
            if (!count) hidePeek();
            name();
        },
        /** A few words of the latest unread answer beside the button; they open the widget. */
        showPeek(who: string, text: string): void {
            if (open || button.hidden) return;
            hidePeek();
            peek = document.createElement("div");
            peek.className = "peek";
            peek.innerHTML = `<button class="say"><span class="who"></span><span class="text"></span></button><button class="no">${CROSS}</button>`;
            button.before(peek);
            find("who").textContent = who;
            find("text").textContent = text;
            find("say").onclick = toggle;
            find("no").onclick = hidePeek;
            find("no").setAttribute("aria-label", words().close);
        },
    };
}

/** Constructed style sheets are not subject to the page's `style-src`; browsers without them get an element. */
function addStyles(shadow: ShadowRoot): void {
    try {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(CSS);
        shadow.adoptedStyleSheets = [sheet];
    } catch {
        const style = document.createElement("style");
        style.textContent = CSS;
        shadow.append(style);
    }
}
