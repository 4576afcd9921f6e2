import { Message } from "./api";
import { h } from "./dom";
import { words } from "./words";

interface Action {
    type?: string;
    text?: string;
    uri?: string;
    payload?: unknown;
}

interface OfferItem {
    title?: string;
    value?: string;
    description?: string;
    link?: string;
    media_url?: string;
    actions?: Action[];
    name?: string;
    label?: string;
    type?: string;
    placeholder?: string;
    required?: boolean;
    options?: { label: string; value: string }[];
}

/** What a message offers beside its text: choices, cards, articles, or a form. Chatwoot's `content_type` and `content_attributes.items`. */
export interface Offer {
    kind: string;
    items: OfferItem[];
    /** What the visitor answered, in words; "" while nothing was. */
    given: string;
}

export interface OfferAnswers {
    answer: (values: unknown) => Promise<unknown>;
    /** A card's button that only the website's own script understands. */
    postback: (payload: unknown) => void;
}

/** No bot's message is longer than this. */
const MOST = 20;

export function offerOf({ content_type: kind, content_attributes }: Message): Offer | null {
    if (!kind || !/^(input_select|cards|article|form)$/.test(kind)) return null;
    const { items, submitted_values: given } = (content_attributes ?? {}) as { items?: unknown; submitted_values?: unknown };
    const answers = Array.isArray(given) ? (given as { title?: unknown; value?: unknown }[]) : [];
    return {
        kind,
        items: Array.isArray(items) ? (items as OfferItem[]).filter((item) => item !== null && typeof item === "object").slice(0, MOST) : [],
        given: answers.map((a) => String(a?.title ?? a?.value ?? "")).join(", "),
    };
}

export function offerView(offer: Offer, answers: OfferAnswers): HTMLElement {
    const said = h("p", { class: "survey-said", role: "status" });
    const answer = (values: unknown) => answers.answer(values).catch((error: unknown) => void (said.textContent = error instanceof Error ? error.message : words.notSaved));
    const parts = {
        input_select: () => (offer.given ? [chosen(offer.given)] : offer.items.map((item) => choice(item, () => answer([{ title: item.title, value: item.value }])))),
        form: () => [offer.given ? chosen(offer.given) : form(offer.items, answer)],
        cards: () => offer.items.map((item) => card(item, answers.postback)),
        article: () => offer.items.map((item) => card({ ...item, actions: [] }, answers.postback)),
    }[offer.kind];
    return h("div", { class: "offer" }, ...(parts?.() ?? []), said);
}

function chosen(text: string): HTMLElement {
    return h("p", { class: "offer-given", dir: "auto" }, text);
}

function choice(item: OfferItem, choose: () => void): HTMLElement {
    return h("button", { type: "button", class: "offer-choice", dir: "auto", onClick: choose }, String(item.title ?? item.value ?? ""));
}

function card(item: OfferItem, postback: (payload: unknown) => void): HTMLElement {
    const link = safeLink(item.link);
    const title = String(item.title ?? "");
    const picture = safeLink(item.media_url);
    return h(
        "div",
        { class: "offer-card", dir: "auto" },
        picture && h("img", { src: picture, alt: "", loading: "lazy" }),
        link ? h("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, title) : h("b", {}, title),
        item.description && h("p", {}, String(item.description)),
        ...(item.actions ?? []).slice(0, MOST).map((action) => {
            const uri = safeLink(action.uri);
            if (action.type === "link") return uri && h("a", { class: "offer-choice", href: uri, target: "_blank", rel: "noopener noreferrer" }, String(action.text ?? uri));
            return h("button", { type: "button", class: "offer-choice", onClick: () => postback(action.payload) }, String(action.text ?? ""));
        }),
    );
}

function form(items: OfferItem[], answer: (values: unknown) => Promise<unknown>): HTMLElement {
    const fields = items.map((item) => ({ item, field: formField(item) }));
    const send = (event: Event) => {
        event.preventDefault();
        void answer(fields.map(({ item, field }) => ({ name: item.name, title: `${item.label ?? item.name ?? ""}: ${field.value}`, value: field.value })));
    };
    return h("form", { onSubmit: send }, ...fields.map(({ item, field }) => h("label", {}, String(item.label ?? item.name ?? ""), field)), h("button", { class: "offer-choice" }, words.send));
}

function formField(item: OfferItem): HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
    const shared = { required: item.required === true, placeholder: item.placeholder, maxlength: 2000 };
    if (item.type === "text_area") return h("textarea", { ...shared, rows: 3 });
    if (item.type !== "select") return h("input", { ...shared, type: item.type === "email" ? "email" : "text" });
    return h("select", { required: shared.required }, ...(item.options ?? []).slice(0, 100).map((o) => h("option", { value: o.value }, String(o.label))));
}

/** Only addresses of the web: no script in any spelling gets behind a click. */
function safeLink(address: unknown): string | null {
    try {
        const url = new URL(String(address));
        return /^https?:$/.test(url.protocol) ? url.href : null;
    } catch {
        return null;
    }
}
