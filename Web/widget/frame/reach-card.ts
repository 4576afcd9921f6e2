import { h, icon } from "./dom";
import { looksLikeAddress, Reach } from "./reach";
import { fill, words } from "./words";

/** The email question, as a card in the flow of the conversation. */
export class ReachCard {
    readonly element = h("section", { class: "reach" });
    private readonly title = h("h3", { id: "reach-title" });
    private readonly why = h("p", { class: "reach-why" });
    private readonly field: HTMLInputElement;
    private readonly submit: HTMLButtonElement;
    private readonly skip: HTMLButtonElement;
    private readonly hint = h("p", { class: "reach-hint", id: "reach-hint", role: "status" });
    private saving = false;
    /** Pressed "Save" or Enter, rather than only left the field: then focus moves on. */
    private pressed = false;
    private skipping = false;
    private timer = 0;

    constructor(
        private readonly reach: Reach,
        private readonly finished: (moveFocus: boolean) => void,
    ) {
        this.field = h("input", {
            type: "email",
            name: "email",
            autocomplete: "email",
            inputmode: "email",
            spellcheck: "false",
            maxlength: 254,
            dir: "ltr",
            "aria-describedby": "reach-hint",
            onInput: () => this.say(""),
            onBlur: () => this.keep(),
        });
        this.submit = h("button", {
            type: "submit",
            class: "reach-save",
            // The field's blur saves before the click arrives, and the button may be gone by then.
            onPointerdown: () => (this.pressed = true),
        });
        this.skip = h("button", {
            type: "button",
            class: "reach-skip",
            // Before the field's blur, which would save what is being skipped.
            onPointerdown: () => (this.skipping = true),
            onClick: () => {
                this.skipping = false;
                this.field.value = "";
                this.reach.skip();
                this.finished(true);
            },
        });
        const form = h("form", { novalidate: true, onSubmit: (event: Event) => this.onSubmit(event) }, h("div", { class: "reach-line" }, this.field, this.submit), this.hint);
        this.element.setAttribute("aria-labelledby", "reach-title");
        this.element.append(h("span", { class: "reach-icon" }, icon("mail")), h("div", { class: "reach-words" }, this.title, this.why), form, this.skip);
        // Closing the tab, or switching to another, must not lose what stands in the field.
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden") this.keep();
        });
        window.addEventListener("pagehide", () => this.keep());
        window.addEventListener("pointerup", () => (this.skipping = false));
    }

    draw(): void {
        const { again } = this.reach;
        this.title.textContent = again ? words.noAnswer : words.reach;
        this.why.textContent = again ? words.noAnswerWhy : words.reachWhy;
        this.field.placeholder = words.emailExample;
        this.field.setAttribute("aria-label", words.email);
        if (!this.saving) this.submit.textContent = words.save;
        this.skip.textContent = this.reach.changing ? words.close : words.skip;
    }

    focus(): void {
        this.field.focus();
    }

    /** Blur and page end: saves a whole address, says nothing about half a one while the visitor only looks away. */
    private keep(): void {
        const address = this.field.value.trim();
        if (this.skipping || this.element.classList.contains("saved") || !this.element.isConnected || !looksLikeAddress(address)) return;
        void this.save(address);
    }

    private onSubmit(event: Event): void {
        event.preventDefault();
        const address = this.field.value.trim();
        if (!looksLikeAddress(address)) {
            this.say(words.badEmail, true);
            this.field.focus();
            return;
        }
        this.pressed = true;
        void this.save(address);
    }

    private async save(address: string): Promise<void> {
        if (this.saving) return;
        this.saving = this.reach.busy = true;
        this.element.classList.add("busy");
        const result = await this.reach.save(address);
        this.saving = false;
        this.element.classList.remove("busy");
        if (this.field.value.trim() !== address) return this.keep();
        if (result.state === "refused") return this.say(result.reason || words.badEmail, true);
        if (result.state === "unsent") return this.say(words.notSaved, true);
        if (result.suggestion && result.suggestion !== address) return this.suggest(result.suggestion);
        this.celebrate();
    }

    private suggest(address: string): void {
        const [before = "", after = ""] = words.didYouMean.split("{address}");
        const yes = h("button", { type: "button", class: "link", onClick: () => void this.take(address) }, words.useIt);
        const no = h("button", { type: "button", class: "link", onClick: () => this.celebrate() }, words.keepIt);
        this.hint.className = "reach-hint ask";
        this.hint.replaceChildren(h("span", {}, before, h("bdi", {}, address), after), h("span", { class: "reach-choices" }, yes, no));
        if (this.pressed) yes.focus();
    }

    private async take(address: string): Promise<void> {
        this.field.value = address;
        this.pressed = true;
        await this.save(address);
    }

    /** A short "Saved" in place, then the card goes; the line below the field of writing keeps the address. */
    private celebrate(): void {
        this.element.classList.add("saved");
        this.hint.className = "reach-hint";
        this.hint.replaceChildren(icon("check"), words.saved + " · " + fill(words.repliesTo, { address: this.reach.address ?? words.yourEmail }));
        this.finished(this.pressed);
        this.pressed = false;
        clearTimeout(this.timer);
        this.timer = window.setTimeout(() => {
            this.reset();
            this.reach.done();
        }, 1600);
    }

    /** The empty question again, for "change" also while "Saved" is still shown. */
    reset(): void {
        clearTimeout(this.timer);
        this.element.classList.remove("saved");
        this.field.value = "";
        this.say("");
    }

    private say(text: string, bad = false): void {
        this.hint.className = bad ? "reach-hint bad" : "reach-hint";
        this.hint.replaceChildren(text);
        this.field.toggleAttribute("aria-invalid", bad);
    }
}
