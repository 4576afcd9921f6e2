import type { Attachment, Message } from "./api";
import { avatar } from "./avatar";
import { clock, fileSize } from "./dates";
import { h, icon } from "./dom";
import { Offer, offerOf, offerView } from "./offer";
import type { Pending } from "./outbox";
import { formatText } from "./text";
import { Survey, surveyOf, surveyView } from "./survey";
import { isOwn, senderName } from "./thread";
import { words } from "./words";

/** What one bubble shows; made from a message, or from one that still waits. */
export interface Bubble {
    key: string;
    own: boolean;
    id: number | null;
    name: string;
    picture: string | null;
    at: number;
    content: string;
    deleted: boolean;
    byEmail: boolean;
    attachments: Attachment[];
    survey: Survey | null;
    offer: Offer | null;
    files: File[];
    state: Pending["state"] | "sent";
    error: string;
    /** First and last of a row of messages by the same person. */
    first: boolean;
    last: boolean;
    /** The newest of the visitor's own: only that one says "Sent". */
    newestOwn: boolean;
}

export function fromMessage(message: Message, key: string, fallbackName: string): Bubble {
    const own = isOwn(message);
    return {
        key,
        own,
        id: message.id,
        name: own ? "" : senderName(message.sender) || fallbackName,
        picture: message.sender?.avatar_url || message.sender?.thumbnail || null,
        at: message.created_at,
        content: message.content ?? "",
        deleted: message.content_attributes?.deleted === true,
        byEmail: message.channel === "email",
        attachments: message.attachments ?? [],
        survey: surveyOf(message),
        offer: offerOf(message),
        files: [],
        state: "sent",
        error: "",
        first: true,
        last: true,
        newestOwn: false,
    };
}

export function fromPending(entry: Pending): Bubble {
    return {
        key: entry.echo,
        own: true,
        id: null,
        name: "",
        picture: null,
        at: entry.at,
        content: entry.content,
        deleted: false,
        byEmail: false,
        attachments: [],
        survey: null,
        offer: null,
        files: entry.files ?? [],
        state: entry.state,
        error: entry.error ?? "",
        first: true,
        last: true,
        newestOwn: false,
    };
}

export interface BubbleActions {
    retry: (key: string) => void;
    /** Answers a survey, a choice or a form with these values. */
    answer: (message: number, values: unknown) => Promise<unknown>;
    postback: (payload: unknown) => void;
}

/** One bubble's element; `update` changes only what differs, so that a screen reader is not told twice. */
export class BubbleView {
    readonly element = h("div", { class: "row" });
    private readonly side = h("div", { class: "side" });
    private readonly name = h("div", { class: "name" });
    private readonly body = h("div", { class: "bubble" });
    private readonly meta = h("div", { class: "meta" });
    private shownBody = "";
    private shownMeta = "";

    constructor(private readonly actions: BubbleActions) {
        this.element.append(this.side, h("div", { class: "column" }, this.name, this.body, this.meta));
    }

    update(bubble: Bubble): void {
        const { own, first, last, state, deleted } = bubble;
        this.element.className = ["row", own ? "own" : "theirs", first && "first", last && "last", state !== "sent" && state, deleted && "deleted"].filter(Boolean).join(" ");
        this.name.textContent = !own && first ? bubble.name : "";
        this.name.hidden = own || !first;
        this.side.hidden = own;
        if (!own && this.side.childElementCount === 0) this.side.append(avatar(bubble.name, bubble.picture));
        this.side.style.visibility = last ? "visible" : "hidden";

        const bodyKey = JSON.stringify([bubble.content, deleted, bubble.survey?.thanks, bubble.offer, bubble.attachments.map((a) => a.data_url), bubble.files.map((f) => f.name)]);
        if (bodyKey !== this.shownBody) {
            // A picture that the visitor has just sent is already on screen: it stays, and is not loaded a second time.
            const alreadyShown = this.shownBody !== "" && bubble.attachments.length > 0 && this.body.querySelector("img[data-local]") !== null;
            this.shownBody = bodyKey;
            if (!alreadyShown) this.fillBody(bubble);
        }
        const metaKey = JSON.stringify([state, bubble.error, bubble.at, bubble.byEmail, last, bubble.newestOwn, words.sent]);
        if (metaKey !== this.shownMeta) {
            this.shownMeta = metaKey;
            this.fillMeta(bubble);
        }
    }

    private fillBody(bubble: Bubble): void {
        this.body.replaceChildren();
        if (bubble.deleted) {
            this.body.append(words.deleted);
            return;
        }
        const answer = (values: unknown) => this.actions.answer(bubble.id ?? 0, values);
        for (const attachment of bubble.attachments) this.body.append(attachmentView(attachment));
        for (const file of bubble.files) this.body.append(localFile(file));
        this.body.classList.toggle("bare", !bubble.content && this.body.querySelector(".picture") !== null);
        if (bubble.content) this.body.append(h("div", { class: isBigEmoji(bubble.content) ? "text big" : "text", dir: "auto" }, formatText(bubble.content)));
        if (bubble.survey) this.body.append(surveyView(bubble.survey, (rating, feedback_message) => answer({ csat_survey_response: { rating, feedback_message } })));
        if (bubble.offer) this.body.append(offerView(bubble.offer, { answer, postback: this.actions.postback }));
    }

    private fillMeta(bubble: Bubble): void {
        const { state } = bubble;
        this.meta.replaceChildren();
        if (state === "failed" || state === "waiting") {
            const text = state === "waiting" && !navigator.onLine ? words.waiting : words.notSent;
            const button = h("button", { type: "button", class: "retry", onClick: () => this.actions.retry(bubble.key) }, text);
            this.meta.append(button, bubble.error ? h("span", { class: "why" }, bubble.error) : "");
        } else if (state === "sending") {
            this.meta.append(words.sending);
        } else {
            if (bubble.byEmail) {
                const envelope = icon("mail");
                envelope.removeAttribute("aria-hidden");
                envelope.setAttribute("role", "img");
                envelope.setAttribute("aria-label", words.byEmail);
                envelope.title = words.byEmail;
                this.meta.append(envelope);
            }
            if (bubble.last || bubble.byEmail) this.meta.append(h("time", { datetime: new Date(bubble.at * 1000).toISOString() }, clock(bubble.at)));
            if (bubble.newestOwn) this.meta.append(h("span", { class: "dot-before" }, words.sent));
        }
        this.meta.hidden = this.meta.childNodes.length === 0;
    }
}

function attachmentView(attachment: Attachment): HTMLElement {
    const address = ownAddress(attachment.data_url);
    const name = attachment.file_name || fileName(address);
    const outside = { href: address, target: "_blank", rel: "noopener noreferrer" };
    if (attachment.file_type === "image") {
        const ratio = attachment.width && attachment.height ? `aspect-ratio:${attachment.width}/${attachment.height}` : null;
        return h("a", { ...outside, class: "picture", "aria-label": name || words.picture }, h("img", { src: attachment.thumb_url ? ownAddress(attachment.thumb_url) : address, alt: name, loading: "lazy", style: ratio }));
    }
    if (attachment.file_type === "audio") return h("audio", { controls: true, src: address, preload: "none" });
    if (attachment.file_type === "video") return h("video", { controls: true, src: address, preload: "metadata" });
    return fileChip(name, attachment.file_size, outside);
}

/** Files come from the server that this frame came from, by whatever name it was reached: `localhost`, `127.0.0.1`, a forwarded port. */
function ownAddress(address: string): string {
    const { pathname, search } = new URL(address, location.href);
    return pathname.startsWith("/attachments/") ? pathname + search : address;
}

function localFile(file: File): HTMLElement {
    if (!file.type.startsWith("image/")) return fileChip(file.name, file.size, null);
    const image = h("img", { src: URL.createObjectURL(file), alt: file.name, "data-local": true });
    return h("span", { class: "picture" }, image);
}

function fileChip(name: string, size: number | undefined, link: Record<string, string> | null): HTMLElement {
    const label = h("span", { class: "file-name", dir: "auto" }, name);
    const detail = size ? h("span", { class: "file-size" }, fileSize(size)) : null;
    const inner = h("span", { class: "file-words" }, label, detail);
    return link ? h("a", { ...link, class: "file", download: name }, icon("file"), inner) : h("span", { class: "file" }, icon("file"), inner);
}

function fileName(address: string): string {
    const last = address.split(/[?#]/)[0]?.split("/").pop() ?? "";
    try {
        return decodeURIComponent(last);
    } catch {
        return last;
    }
}

/** Up to three emoji alone are shown large. */
function isBigEmoji(text: string): boolean {
    return text.length <= 24 && /^(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}\uFE0F?)*\s*){1,3}$/u.test(text);
}
