import { h } from "./dom";

const ADDRESS = /https?:\/\/[^\s<>"]+|[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,190}\.[a-z]{2,24}/gi;
const TRAILING = ".,;:!?)]}'\"»…";

/**
 * A message's text as nodes: line breaks stay, addresses become links, and of Markdown the little that agents use in chat
 * (`**bold**`, `` `code` ``, `[text](https://…)`). Text only ever becomes text nodes, so nothing in it can run.
 */
export function formatText(text: string): DocumentFragment {
    const out = document.createDocumentFragment();
    let plain = "";
    const flush = () => {
        if (plain) linkify(plain, out);
        plain = "";
    };
    for (let i = 0; i < text.length; ) {
        const marked = span(text, i);
        if (marked) {
            flush();
            out.append(marked.node);
            i = marked.end;
        } else plain += text[i++];
    }
    flush();
    return out;
}

/** How far a closing mark is looked for; keeps the whole linear. */
const REACH = 1000;

function span(text: string, at: number): { node: Node; end: number } | null {
    const inside = (open: string, close: string): string | null => {
        if (!text.startsWith(open, at)) return null;
        const found = text.slice(at + open.length, at + open.length + REACH).indexOf(close);
        if (found < 1) return null;
        const body = text.slice(at + open.length, at + open.length + found);
        return body.includes("\n") || body !== body.trim() ? null : body;
    };
    const bold = inside("**", "**");
    if (bold !== null) return { node: h("strong", {}, bold), end: at + bold.length + 4 };
    const code = inside("`", "`");
    if (code !== null) return { node: h("code", {}, code), end: at + code.length + 2 };
    const label = inside("[", "](");
    if (label !== null) {
        const start = at + label.length + 3;
        const length = text.slice(start, start + REACH).indexOf(")");
        const address = text.slice(start, start + length);
        if (length > 0 && /^(https?:\/\/|mailto:)\S+$/i.test(address)) return { node: link(address, label), end: start + length + 1 };
    }
    return null;
}

function linkify(text: string, out: DocumentFragment): void {
    let from = 0;
    for (const match of text.matchAll(ADDRESS)) {
        let found = match[0] ?? "";
        while (TRAILING.includes(found[found.length - 1] ?? "x")) found = found.slice(0, -1);
        const start = match.index ?? 0;
        if (start > from) out.append(text.slice(from, start));
        out.append(link(/^https?:/i.test(found) ? found : "mailto:" + found, found));
        from = start + found.length;
    }
    if (from < text.length) out.append(text.slice(from));
}

function link(address: string, label: string): HTMLElement {
    return h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, label);
}
