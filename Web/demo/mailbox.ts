/** The demo's local mailbox: every mail that Throughline sent, to be read and answered as its receiver would. */

interface Row {
    id: number | string;
    from: string;
    to: string;
    subject: string;
    date: number | string;
    preview: string;
    answered: boolean;
}
interface Mail extends Row {
    text: string;
    html: string | null;
    headers: [string, string][];
    attachments: { filename: string; size: number; content_type: string }[];
}
type Tab = "html" | "text" | "headers";

const REFRESH = 2000;

const $ = <K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
};

const list = $("ul", { class: "rows" });
const count = $("span", { class: "count" });
const refresh = $("button", { type: "button", class: "refresh" }, "Refresh");
const pane = $("section", { class: "pane", "aria-label": "Mail" });
const said = $("p", { class: "announce", role: "status" });
const app = document.getElementById("mailbox") as HTMLElement;
app.append(
    $("aside", { class: "side" }, $("header", {}, $("h1", {}, "Mailbox"), count, refresh), $("p", { class: "note" }, "Mail that would have left this machine. Nothing did."), list),
    pane,
    said,
);

let rows: Row[] = [];
let chosen: string | null = location.hash.slice(1) || null;
let shown: Mail | null = null;
let tab: Tab = "html";
let known: Set<string> | null = null;

async function load(): Promise<void> {
    try {
        const answer = await fetch("/demo/api/mailbox");
        if (!answer.ok) throw new Error();
        rows = ((await answer.json()) as { payload: Row[] }).payload;
        document.body.classList.remove("lost");
        drawRows();
    } catch {
        document.body.classList.add("lost");
        count.textContent = "server not reached";
    }
}

function drawRows(): void {
    count.textContent = rows.length === 1 ? "1 mail" : `${rows.length} mails`;
    const before = known;
    const fresh = before ? rows.filter((r) => !before.has(String(r.id))) : [];
    known = new Set(rows.map((r) => String(r.id)));
    if (fresh[0]) said.textContent = `New mail: ${fresh[0].subject}`;
    const focused = document.activeElement?.closest("li")?.dataset.id;
    list.replaceChildren(
        ...rows.map((row) => {
            const id = String(row.id);
            const button = $(
                "button",
                { type: "button", class: id === chosen ? "row chosen" : "row", "aria-current": String(id === chosen) },
                $("span", { class: "row-top" }, $("strong", {}, nameOf(row.from)), $("time", {}, when(row.date))),
                $("span", { class: "row-subject" }, row.subject || "(no subject)"),
                $("span", { class: "row-preview" }, row.preview),
                $("span", { class: "row-to" }, "to " + row.to, ...(row.answered ? [$("em", {}, "answered")] : [])),
            );
            button.addEventListener("click", () => void open(id));
            const item = $("li", { "data-id": id }, button);
            if (fresh.includes(row)) item.classList.add("fresh");
            if (focused === id) queueMicrotask(() => button.focus());
            return item;
        }),
    );
    if (!rows.length) {
        list.append($("li", { class: "none" }, "No mail yet. Leave an address in the chat, close the shop page, and answer as the agent. The mail appears here."));
        if (!shown) drawNothing();
    } else if (!chosen && rows[0] && matchMedia("(min-width: 760px)").matches) void open(String(rows[0].id), false);
}

async function open(id: string, byPerson = true): Promise<void> {
    chosen = id;
    if (byPerson) history.replaceState(null, "", "#" + id);
    drawRows();
    const answer = await fetch("/demo/api/mailbox/" + encodeURIComponent(id)).catch(() => null);
    if (chosen !== id) return;
    if (!answer?.ok) {
        pane.replaceChildren($("p", { class: "blank" }, "This mail is not here any more."));
        return;
    }
    shown = (await answer.json()) as Mail;
    tab = shown.html ? tab : "text";
    document.body.classList.add("reading");
    drawMail(shown);
}

function drawNothing(): void {
    pane.replaceChildren($("p", { class: "blank" }, "Mails that Throughline sends are shown here. You can read and answer them as the customer would."));
}

function drawMail(mail: Mail): void {
    const back = $("button", { type: "button", class: "back" }, "‹ All mail");
    back.addEventListener("click", () => document.body.classList.remove("reading"));
    const content = $("div", { class: "content", role: "tabpanel" });
    const tabs = $("div", { class: "tabs", role: "tablist" });
    const names: [Tab, string][] = [["html", "Mail"], ["text", "Text only"], ["headers", "Headers"]];
    const choose = (next: Tab) => {
        tab = next;
        for (const button of tabs.querySelectorAll("button")) button.setAttribute("aria-selected", String(button.dataset.tab === next));
        content.replaceChildren(face(mail, next));
    };
    for (const [name, label] of names) {
        if (name === "html" && !mail.html) continue;
        const button = $("button", { type: "button", role: "tab", "data-tab": name }, label);
        button.addEventListener("click", () => choose(name));
        tabs.append(button);
    }
    tabs.addEventListener("keydown", (event) => {
        const all = [...tabs.querySelectorAll("button")];
        const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        const next = all[(all.indexOf(document.activeElement as HTMLButtonElement) + step + all.length) % all.length];
        if (step && next) {
            next.focus();
            next.click();
        }
    });
    const attachments = mail.attachments.map((a) => $("li", {}, `${a.filename} `, $("small", {}, `${Math.max(1, Math.round(a.size / 1000))} kB`)));
    pane.replaceChildren(
        back,
        $(
            "header",
            {},
            $("h2", {}, mail.subject || "(no subject)"),
            $("p", { class: "people" }, $("span", { class: "face", "aria-hidden": "true" }, [...nameOf(mail.from)][0] ?? "?"), $("span", {}, $("strong", {}, nameOf(mail.from)), " ", $("span", { class: "address" }, addressOf(mail.from)), $("br"), $("span", { class: "address" }, "to " + mail.to)), $("time", {}, when(mail.date, true))),
            tabs,
        ),
        content,
        ...(attachments.length ? [$("ul", { class: "attachments", "aria-label": "Attachments" }, ...attachments)] : []),
        replyBox(mail),
    );
    choose(tab);
}

function face(mail: Mail, kind: Tab): HTMLElement {
    if (kind === "text") return $("pre", { class: "plain", tabindex: "0" }, mail.text);
    if (kind === "headers") {
        const table = $("table", { class: "headers" });
        for (const [name, value] of mail.headers) table.append($("tr", {}, $("th", { scope: "row" }, name), $("td", {}, value)));
        return $("div", { class: "scroll", tabindex: "0" }, table);
    }
    // No script, no form, no opener: only the mail's own markup, and links that open beside.
    const frame = $("iframe", { title: "The mail as HTML", sandbox: "allow-popups allow-popups-to-escape-sandbox" });
    frame.srcdoc = `<base target="_blank"><meta name="referrer" content="no-referrer">${mail.html ?? ""}`;
    return frame;
}

function replyBox(mail: Mail): HTMLElement {
    const field = $("textarea", { rows: "3", placeholder: "Answer as the customer…", "aria-label": "Your answer" });
    const send = $("button", { type: "submit", class: "send" }, "Reply");
    const outcome = $("p", { class: "outcome", role: "status" }, mail.answered ? "You have answered this mail." : "Goes out by SMTP to Throughline’s own receiver, like any customer’s mail.");
    const form = $("form", { class: "reply" }, field, $("div", { class: "reply-line" }, outcome, send));
    field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const text = field.value.trim();
        if (!text) return field.focus();
        send.disabled = true;
        outcome.className = "outcome";
        outcome.textContent = "Sending…";
        fetch(`/demo/api/mailbox/${encodeURIComponent(String(mail.id))}/reply`, { method: "POST", headers: { "Content-Type": "application/json", "X-Throughline": "1" }, body: JSON.stringify({ text }) })
            .then(async (answer) => {
                if (answer.ok) {
                    field.value = "";
                    outcome.className = "outcome good";
                    outcome.textContent = "Sent by SMTP, accepted. It is in the conversation now.";
                } else {
                    const { error } = (await answer.json().catch(() => ({}))) as { error?: string };
                    outcome.className = "outcome bad";
                    outcome.textContent = error || `Not accepted (HTTP ${answer.status}).`;
                }
            })
            .catch(() => {
                outcome.className = "outcome bad";
                outcome.textContent = "The server was not reached. Your text is still here.";
            })
            .finally(() => {
                send.disabled = false;
                void load();
            });
    });
    return form;
}

function nameOf(from: string): string {
    const at = from.lastIndexOf("<");
    return (at > 0 ? from.slice(0, at) : from).trim().replace(/^"|"$/g, "") || from;
}

function addressOf(from: string): string {
    const at = from.lastIndexOf("<");
    return at >= 0 ? from.slice(at) : "";
}

function when(value: number | string, long = false): string {
    const date = typeof value === "number" ? new Date(value * 1000) : new Date(value);
    if (Number.isNaN(date.getTime())) return String(value);
    const today = date.toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(undefined, today && !long ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(date);
}

refresh.addEventListener("click", () => void load());
drawNothing();
void load().then(() => chosen && void open(chosen, false));
setInterval(() => document.visibilityState === "visible" && void load(), REFRESH);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void load());

export {};
