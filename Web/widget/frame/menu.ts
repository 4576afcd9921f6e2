import { Refused } from "./api";
import { h, icon } from "./dom";
import type { Reach } from "./reach";
import type { Thread } from "./thread";
import { fill, words } from "./words";

export interface MenuOptions {
    thread: Thread;
    reach: Reach;
    /** Whether the website lets its visitors end a conversation. */
    mayEnd: boolean;
    end: () => Promise<unknown>;
    transcript: () => Promise<unknown>;
}

/** What a visitor can do with the whole conversation: have it sent by email, and end it. Gone while there is nothing to do. */
export class Menu {
    readonly element = h("details", { class: "menu" });
    private readonly summary = h("summary", { class: "round quiet" }, icon("more"));
    private readonly list = h("div", { class: "menu-list" });
    private readonly send = h("button", { type: "button", onClick: () => void this.run(this.send, this.options.transcript, () => this.sentTo()) });
    private readonly end = h("button", { type: "button", onClick: () => void this.run(this.end, this.options.end, () => this.close()) });
    private readonly said = h("p", { role: "status", hidden: true });

    constructor(private readonly options: MenuOptions) {
        this.list.append(this.send, this.end, this.said);
        this.element.append(this.summary, this.list);
        this.element.addEventListener("toggle", () => this.say(""));
        this.element.addEventListener("keydown", (event) => {
            if (event.key !== "Escape" || !this.element.open) return;
            event.preventDefault();
            this.close();
            this.summary.focus();
        });
        this.element.addEventListener("focusout", (event) => {
            if (event.relatedTarget && !this.element.contains(event.relatedTarget as Node)) this.close();
        });
        document.addEventListener("pointerdown", (event) => {
            if (!this.element.contains(event.target as Node)) this.close();
        });
    }

    draw(): void {
        const { thread, reach, mayEnd } = this.options;
        const begun = thread.conversation !== null;
        this.send.hidden = !begun || reach.address === undefined;
        this.end.hidden = !begun || !mayEnd || thread.conversation?.status === "resolved";
        this.element.hidden = this.send.hidden && this.end.hidden;
        this.send.textContent = words.sendTranscript;
        this.end.textContent = words.endConversation;
        this.summary.setAttribute("aria-label", words.more);
        this.summary.title = words.more;
    }

    private async run(button: HTMLButtonElement, action: () => Promise<unknown>, done: () => void): Promise<void> {
        button.disabled = true;
        try {
            await action();
            done();
        } catch (error) {
            this.say(error instanceof Refused && !error.temporary ? error.message : words.notSaved);
        } finally {
            button.disabled = false;
        }
    }

    private sentTo(): void {
        this.say(fill(words.transcriptSent, { address: this.options.reach.address ?? words.yourEmail }));
    }

    private say(text: string): void {
        this.said.textContent = text;
        this.said.hidden = !text;
    }

    private close(): void {
        this.element.open = false;
    }
}
