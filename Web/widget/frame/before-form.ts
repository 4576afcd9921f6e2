import { AskedField, BeforeChat, STANDARD } from "./before-chat";
import { h } from "./dom";
import { looksLikeAddress } from "./reach";
import { words } from "./words";

/** Most of a text that a field takes; the server keeps as much of a name. */
const LONGEST = 255;
const INPUTS: Record<string, Record<string, string>> = {
    email: { type: "email", autocomplete: "email", dir: "ltr", spellcheck: "false" },
    number: { type: "number", step: "any" },
    link: { type: "url", dir: "ltr", spellcheck: "false" },
    date: { type: "date" },
    checkbox: { type: "checkbox" },
    fullName: { type: "text", autocomplete: "name" },
    phoneNumber: { type: "tel", autocomplete: "tel", dir: "ltr" },
};

type Control = HTMLInputElement | HTMLSelectElement;

interface Row {
    asked: AskedField;
    element: HTMLElement;
    control: Control;
    fault: HTMLElement;
}

/** The form before the chat, as a card where the conversation will be. */
export class BeforeForm {
    readonly element: HTMLFormElement;
    private readonly message = h("p", { class: "before-message", id: "before", dir: "auto" });
    private readonly refusal = h("p", { class: "before-fault", role: "alert" });
    private readonly hint = h("div", { class: "reach-hint ask", role: "status" });
    private readonly button = h("button", { class: "reach-save" });
    private rows: Row[] = [];
    private spoken = "";

    constructor(
        private readonly before: BeforeChat,
        private readonly greeting: string,
        private readonly finished: () => void,
    ) {
        this.element = h("form", { class: "before", novalidate: true, "aria-labelledby": "before", onSubmit: (event: Event) => (event.preventDefault(), void this.submit()) });
    }

    /** Made once, and again in another language; what was typed is the model's. */
    draw(): void {
        if (this.spoken !== words.startChat) {
            this.spoken = words.startChat;
            this.message.textContent = this.greeting || words.beforeChat;
            this.button.textContent = words.startChat;
            this.rows = this.before.fields.map((asked, index) => this.row(asked, "before-" + index));
            this.element.replaceChildren(this.message, ...this.rows.map((row) => row.element), this.hint, this.refusal, this.button);
        }
        if (this.refusal.textContent !== this.before.refusal) this.refusal.textContent = this.before.refusal;
    }

    focus(): void {
        this.rows[0]?.control.focus();
    }

    private row(asked: AskedField, id: string): Row {
        const { name, type } = asked;
        const fault = h("p", { class: "before-fault", id: id + "-fault", role: "alert" });
        const shared = { id, name, "aria-describedby": fault.id, "aria-required": asked.required === true && "true", placeholder: asked.placeholder || null };
        const value = this.before.value(name);
        let control: Control;
        if (type === "list") {
            const choices = ["", ...(asked.values ?? [])];
            control = h("select", shared, ...choices.map((choice) => h("option", { value: choice }, choice || asked.placeholder || words.choose)));
        } else control = h("input", { ...shared, type: "text", maxlength: LONGEST, dir: "auto", ...(INPUTS[name] ?? INPUTS[type]) });
        if (isTick(control)) control.checked = value === true;
        else control.value = String(value);
        const standard = { email: words.email, name: words.yourName, phone_number: words.phone };
        const own = STANDARD[name];
        const label = h("label", { for: id, dir: "auto" }, asked.label || (own ? standard[own] : name), !asked.required && h("span", { class: "before-optional" }, ` (${words.optional})`));
        const row = { asked, control, fault, element: h("div", { class: isTick(control) ? "before-field tick" : "before-field" }, label, control, fault) };
        control.addEventListener("input", () => {
            this.before.keep(name, isTick(control) ? control.checked : control.value);
            if (fault.textContent) this.judge(row);
        });
        return row;
    }

    /** Says at the field what is wrong with it; whether nothing is. */
    private judge({ asked, control, fault }: Row): boolean {
        const found = problem(asked, control);
        fault.textContent = found;
        if (found) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
        return !found;
    }

    private async submit(): Promise<void> {
        if (this.element.classList.contains("busy")) return;
        const wrong = this.rows.filter((row) => !this.judge(row))[0];
        if (wrong) return wrong.control.focus();
        this.hint.replaceChildren();
        this.element.classList.add("busy");
        const suggestion = await this.before.finish();
        this.element.classList.remove("busy");
        if (suggestion) return this.suggest(suggestion);
        this.draw();
        if (!this.before.blocks) this.finished();
    }

    private suggest(address: string): void {
        const field = this.rows.find((row) => row.asked.name === "emailAddress")?.control;
        const [start = "", end = ""] = words.didYouMean.split("{address}");
        const choose = (take: boolean) => {
            this.hint.replaceChildren();
            if (!take || !field) return this.before.close(), this.finished();
            field.value = address;
            this.before.keep("emailAddress", address);
            void this.submit();
        };
        const yes = h("button", { type: "button", class: "link", onClick: () => choose(true) }, words.useIt);
        const no = h("button", { type: "button", class: "link", onClick: () => choose(false) }, words.keepIt);
        this.hint.replaceChildren(h("span", {}, start, h("bdi", {}, address), end), h("span", { class: "reach-choices" }, yes, no));
        yes.focus();
    }
}

function isTick(control: Control): control is HTMLInputElement {
    return control.type === "checkbox";
}

/** In words what is wrong; "" where nothing is. */
function problem({ name, type, required }: AskedField, control: Control): string {
    const value = control.value.trim();
    const { badInput, typeMismatch } = control.validity;
    if (isTick(control)) return required && !control.checked ? words.needed : "";
    if (badInput) return type === "date" ? words.badDate : words.badNumber;
    if (!value) return required ? words.needed : "";
    if (name === "emailAddress" || type === "email") return looksLikeAddress(value) ? "" : words.badEmail;
    if (name === "phoneNumber") return /^[+\d][\d ()./-]{3,30}$/.test(value) ? "" : words.badPhone;
    if (type === "link") return typeMismatch || !/^https?:/i.test(value) ? words.badLink : "";
    return "";
}
