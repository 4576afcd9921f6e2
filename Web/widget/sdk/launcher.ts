import { fillAndText, parseColour, readableOn, toHex, WHITE } from "../shared/colour";
import { CSS } from "./launcher.css";
import { closeWord, openWord, unreadWords } from "./words";

const BUBBLE =
    '<svg class="c" viewBox="0 0 28 28" fill="none" aria-hidden="true"><path d="M14 4.5c-5.8 0-10.3 3.9-10.3 8.9 0 2.9 1.5 5.4 3.9 7-.1 1.2-.7 2.5-1.7 3.4-.2.2 0 .6.3.6 2-.1 3.9-.9 5.3-2 .8.2 1.6.2 2.5.2 5.8 0 10.3-4 10.3-9.2S19.8 4.5 14 4.5Z" fill="currentColor"/></svg>';
const CROSS = (name: string) =>
    `<svg class="${name}" viewBox="0 0 28 28" fill="none" aria-hidden="true"><path d="m7 11 7 7 7-7" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
const CLOSE =
    '<svg viewBox="0 0 16 16" fill="none" aria-hidden="true"><path d="m4 4 8 8m0-8-8 8" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg>';

export interface LauncherOptions {
    position: "left" | "right";
    label: string;
    hidden: boolean;
    flat: boolean;
    dark: string;
    onToggle: () => void;
    onPeek: () => void;
}

/** The round button, its badge, the glimpse of an unread answer, and the place where the frame goes. */
export class Launcher {
    readonly panel: HTMLElement;
    private readonly host = document.createElement("div");
    private readonly root: HTMLElement;
    private readonly button: HTMLButtonElement;
    private readonly badge: HTMLElement;
    private peek: HTMLElement | null = null;
    private readonly dim = matchMedia("(prefers-color-scheme: dark)");
    private unread = 0;
    private open = false;

    constructor(private readonly options: LauncherOptions) {
        this.host.id = "throughline-widget";
        const shadow = this.host.attachShadow({ mode: "open" });
        addStyles(shadow);
        this.root = document.createElement("div");
        this.root.className = `root ${options.position}${options.flat ? " flat" : ""}`;
        this.root.innerHTML = `<div class="panel" id="panel"></div><button type="button" class="launcher" aria-haspopup="dialog" aria-controls="panel"><span class="icons">${BUBBLE}${CROSS("x")}</span><span class="label" aria-hidden="true"></span><span class="badge" aria-hidden="true" hidden></span></button>`;
        this.panel = this.root.firstElementChild as HTMLElement;
        this.button = this.root.lastElementChild as HTMLButtonElement;
        this.badge = this.button.lastElementChild as HTMLElement;
        const label = this.button.querySelector(".label") as HTMLElement;
        label.textContent = options.label;
        label.hidden = !options.label;
        this.button.hidden = options.hidden;
        this.button.addEventListener("click", options.onToggle);
        this.root.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && this.open) options.onToggle();
        });
        this.dim.addEventListener("change", () => this.scheme(this.options.dark));
        this.scheme(options.dark);
        this.name();
        shadow.append(this.root);
        document.body.append(this.host);
    }

    colour(text: string): void {
        const { fill, text: on } = fillAndText(parseColour(text));
        this.root.style.setProperty("--fill", toHex(fill));
        this.root.style.setProperty("--on", toHex(on));
        this.root.style.setProperty("--ring", toHex(readableOn(fill, WHITE)));
    }

    scheme(dark: string): void {
        this.options.dark = dark;
        this.root.classList.toggle("dark", dark === "dark" || (dark === "auto" && this.dim.matches));
    }

    show(visible: boolean): void {
        this.button.hidden = !visible;
    }

    setOpen(open: boolean): void {
        this.open = open;
        this.root.classList.toggle("open", open);
        if (open) this.hidePeek();
        this.name();
    }

    ready(): void {
        this.root.classList.add("ready");
    }

    focus(): void {
        this.button.focus();
    }

    setUnread(count: number): void {
        this.unread = count;
        this.badge.textContent = count > 99 ? "99+" : String(count);
        this.badge.hidden = count === 0;
        if (count === 0) this.hidePeek();
        this.name();
    }

    /** A few words of the latest unread answer beside the button; they open the widget. */
    showPeek(who: string, text: string): void {
        if (this.open || this.button.hidden) return;
        this.hidePeek();
        const peek = document.createElement("div");
        peek.className = "peek";
        peek.innerHTML = `<button type="button" class="say"><span class="who"></span><span class="text"></span></button><button type="button" class="no">${CLOSE}</button>`;
        (peek.querySelector(".who") as HTMLElement).textContent = who;
        (peek.querySelector(".text") as HTMLElement).textContent = text;
        const [say, no] = [peek.firstElementChild as HTMLElement, peek.lastElementChild as HTMLElement];
        say.addEventListener("click", this.options.onPeek);
        no.setAttribute("aria-label", closeWord());
        no.addEventListener("click", () => this.hidePeek());
        this.root.insertBefore(peek, this.button);
        this.peek = peek;
    }

    remove(): void {
        this.host.remove();
    }

    /** After a change of language. */
    name(): void {
        const state = this.open ? closeWord() : this.options.label || openWord();
        this.button.setAttribute("aria-label", this.unread && !this.open ? `${state}, ${unreadWords(this.unread)}` : state);
        this.button.setAttribute("aria-expanded", String(this.open));
    }

    private hidePeek(): void {
        this.peek?.remove();
        this.peek = null;
    }
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
