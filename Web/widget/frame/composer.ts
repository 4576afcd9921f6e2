import { EMOJI } from "../shared/emoji";
import { fileSize } from "./dates";
import { h, icon, storage } from "./dom";
import { fill, words } from "./words";

/** What the server takes in one file. */
const MAX_FILE = 25 * 1000 * 1000;
const MAX_FILES = 10;

export interface ComposerOptions {
    draftKey: string;
    files: boolean;
    emoji: boolean;
    send: (text: string, files: File[]) => void;
    typing: (on: boolean) => void;
}

/** The growing field of writing, with files, pasted pictures and emoji. Enter sends, Shift+Enter breaks the line. */
export class Composer {
    readonly element: HTMLElement;
    private readonly field: HTMLTextAreaElement;
    private readonly sendButton: HTMLButtonElement;
    private readonly tray = h("ul", { class: "tray", hidden: true });
    private readonly note = h("p", { class: "composer-note", role: "alert", hidden: true });
    private readonly picker: HTMLElement;
    private readonly chooser: HTMLInputElement;
    private readonly buttons: HTMLButtonElement[] = [];
    private files: File[] = [];
    private typingTimer = 0;
    private typingAt = 0;

    constructor(private readonly options: ComposerOptions) {
        this.field = h("textarea", {
            rows: 1,
            maxlength: 20000,
            onInput: () => this.edited(),
            onKeydown: (event: KeyboardEvent) => {
                if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
                    event.preventDefault();
                    this.submit();
                }
            },
            onPaste: (event: ClipboardEvent) => {
                const pasted = [...(event.clipboardData?.files ?? [])];
                if (!pasted.length || !options.files) return;
                event.preventDefault();
                this.addFiles(pasted);
            },
        });
        this.chooser = h("input", { type: "file", multiple: true, hidden: true, tabindex: -1, onChange: () => this.chosen() });
        this.sendButton = h("button", { type: "submit", class: "round send" }, icon("send"));
        const attach = h("button", { type: "button", class: "round quiet attach", onClick: () => this.chooser.click() }, icon("clip"));
        const smile = h("button", { type: "button", class: "round quiet emoji", "aria-expanded": "false", onClick: () => this.togglePicker() }, icon("smile"));
        this.buttons = [attach, smile];
        attach.hidden = !options.files;
        smile.hidden = !options.emoji;
        this.picker = h("div", { class: "picker", hidden: true, role: "group" });
        const form = h(
            "form",
            { class: "composer", onSubmit: (event: Event) => (event.preventDefault(), this.submit()) },
            this.tray,
            this.note,
            this.picker,
            h("div", { class: "writing" }, this.field, h("div", { class: "tools" }, attach, smile, this.chooser, this.sendButton)),
        );
        this.element = form;
        form.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && !this.picker.hidden) {
                event.stopPropagation();
                this.togglePicker(false);
                smile.focus();
            }
        });
        this.field.value = storage.get(options.draftKey) ?? "";
        this.edited(false);
    }

    draw(): void {
        this.field.placeholder = words.write;
        this.field.setAttribute("aria-label", words.message);
        this.sendButton.setAttribute("aria-label", words.send);
        this.sendButton.title = words.send;
        [words.attach, words.emoji].forEach((name, i) => {
            this.buttons[i]?.setAttribute("aria-label", name);
            if (this.buttons[i]) (this.buttons[i] as HTMLElement).title = name;
        });
        this.picker.setAttribute("aria-label", words.emoji);
        this.grow();
    }

    focus(): void {
        this.field.focus();
    }

    addFiles(files: File[]): void {
        const tooBig = files.find((f) => f.size > MAX_FILE);
        this.say(tooBig ? fill(words.tooBig, { file: tooBig.name, size: fileSize(MAX_FILE) }) : "");
        this.files = [...this.files, ...files.filter((f) => f.size <= MAX_FILE)].slice(0, MAX_FILES);
        this.drawTray();
        this.focus();
    }

    private chosen(): void {
        this.addFiles([...(this.chooser.files ?? [])]);
        this.chooser.value = "";
    }

    private submit(): void {
        const text = this.field.value.trim();
        if (!text && !this.files.length) return this.focus();
        const files = this.files;
        this.files = [];
        this.field.value = "";
        this.togglePicker(false);
        this.drawTray();
        this.edited(false);
        this.stopTyping();
        this.say("");
        this.options.send(text, files);
        this.focus();
    }

    private edited(byPerson = true): void {
        this.grow();
        const empty = !this.field.value.trim() && !this.files.length;
        this.sendButton.classList.toggle("idle", empty);
        // While empty the placeholder has the page's direction, afterwards the text has its own.
        this.field.dir = this.field.value ? "auto" : "";
        storage.set(this.options.draftKey, this.field.value || null);
        if (!byPerson) return;
        if (!this.field.value) return this.stopTyping();
        clearTimeout(this.typingTimer);
        this.typingTimer = window.setTimeout(() => this.stopTyping(), 3000);
        if (Date.now() - this.typingAt > 2500) {
            this.typingAt = Date.now();
            this.options.typing(true);
        }
    }

    private stopTyping(): void {
        clearTimeout(this.typingTimer);
        if (this.typingAt) this.options.typing(false);
        this.typingAt = 0;
    }

    private grow(): void {
        this.field.style.height = "auto";
        this.field.style.height = Math.min(this.field.scrollHeight, 132) + "px";
        this.field.style.overflowY = this.field.scrollHeight > 132 ? "auto" : "hidden";
    }

    private drawTray(): void {
        this.tray.hidden = this.files.length === 0;
        this.tray.replaceChildren(
            ...this.files.map((file) => {
                const remove = h("button", { type: "button", "aria-label": fill(words.remove, { file: file.name }), onClick: () => this.dropFile(file) }, icon("close"));
                const isPicture = file.type.startsWith("image/");
                const face = isPicture ? h("img", { src: URL.createObjectURL(file), alt: "" }) : icon("file");
                return h("li", { class: isPicture ? "tray-picture" : "tray-file", title: file.name }, face, isPicture ? null : h("span", { dir: "auto" }, file.name), remove);
            }),
        );
        this.edited(false);
    }

    private dropFile(file: File): void {
        this.files = this.files.filter((f) => f !== file);
        this.drawTray();
        this.focus();
    }

    private togglePicker(show = this.picker.hidden): void {
        if (show && !this.picker.childElementCount) {
            this.picker.append(...EMOJI.map((sign) => h("button", { type: "button", "aria-label": sign, onClick: () => this.insert(sign) }, sign)));
        }
        this.picker.hidden = !show;
        this.buttons[1]?.setAttribute("aria-expanded", String(show));
        if (show) (this.picker.firstElementChild as HTMLElement | null)?.focus();
    }

    private insert(sign: string): void {
        const { selectionStart: from, selectionEnd: to } = this.field;
        this.field.setRangeText(sign, from, to, "end");
        this.togglePicker(false);
        this.focus();
        this.edited();
    }

    private say(text: string): void {
        this.note.textContent = text;
        this.note.hidden = !text;
    }
}
