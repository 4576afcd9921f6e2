import { Cell } from "../model/cells";
import { assign, conversations, setStatus } from "../model/conversations";
import { neighbour, plainView, show } from "../model/listing";
import { change, dark } from "../model/prefs";
import { current, go, openConversation, route } from "../model/route";
import { changeSelected, clearSelection, selection, toggle } from "../model/selection";
import { me } from "../model/session";
import { attempt, say } from "../model/toasts";
import type { IconName } from "../parts/Icon";
import { words } from "../words";

/** Something that can be done by key, from the command bar, and is listed in the help. */
export interface Command {
    id: string;
    label: string;
    group: keyof typeof words.keys.groups;
    icon: IconName;
    /** `KeyboardEvent.key` of a single key; absent where only the bar offers it. */
    key?: string;
    /** With Ctrl or Cmd. Such keys work while typing too. */
    modifier?: boolean;
    /** Other keys that are written in the help beside the command. */
    shown?: string[];
    /** Left out of the bar: it makes no sense there. */
    barless?: boolean;
    possible?: () => boolean;
    run: () => void;
}

/** Wishes to parts of the screen; each counts up. */
export const wishes = {
    reply: new Cell(0), note: new Cell(0), assign: new Cell(0), label: new Cell(0), snooze: new Cell(0),
    // The same for all that are selected.
    bulkAssign: new Cell(0), bulkLabel: new Cell(0), bulkSnooze: new Cell(0),
    search: new Cell(0), nextMail: new Cell(0), previousMail: new Cell(0), editContact: new Cell(0), details: new Cell(0),
};
export const wish = (name: keyof typeof wishes): void => wishes[name].update((count) => count + 1);

export const barOpen = new Cell(false);
export const helpOpen = new Cell(false);

const inConversation = (): boolean => current() !== null;
const selecting = (): boolean => selection.value.size > 0;
const onSomething = (): boolean => selecting() || inConversation();
const onList = (): boolean => route.value.page === "conversations";
const onMailDesk = (): boolean => route.value.page === "mail";
const has = (status: string, is: boolean) => (): boolean => {
    const id = current();
    return id !== null && ((conversations.get(id)?.status === status) === is);
};

function step(direction: 1 | -1): void {
    const next = neighbour(current(), direction);
    if (next !== null) openConversation(next);
}

export function resolve(id: number): void {
    const before = conversations.get(id)?.status;
    void attempt(async () => {
        await setStatus(id, "resolved");
        say(words.thread.resolvedNow, "plain", before === undefined || before === "resolved" ? undefined
            : { label: words.thread.undo, run: () => void attempt(() => setStatus(id, before)) });
    });
}

function escape(): void {
    if (selection.value.size > 0) clearSelection();
    else if (route.value.page === "conversations" && route.value.id !== null) openConversation(null);
    else if (route.value.page === "contacts" && route.value.id !== null) go({ page: "contacts", id: null });
}

/** The one registry: keys, command bar and help all read it. */
export const commands: Command[] = [
    { id: "bar", label: words.keys.bar, group: "everywhere", icon: "search", key: "k", modifier: true, barless: true,
        run: () => barOpen.update((open) => !open) },
    { id: "help", label: words.keys.help, group: "everywhere", icon: "keyboard", key: "?", run: () => helpOpen.set(true) },
    { id: "search", label: words.keys.search, group: "everywhere", icon: "search", key: "/", run: () => wish("search") },
    { id: "escape", label: words.keys.close_, group: "everywhere", icon: "close", key: "Escape", barless: true, run: escape },
    { id: "next", label: words.keys.next, group: "list", icon: "chevron", key: "j", possible: onList, run: () => step(1) },
    { id: "previous", label: words.keys.previous, group: "list", icon: "chevron", key: "k", possible: onList, run: () => step(-1) },
    { id: "select", label: words.keys.select, group: "list", icon: "check", key: "x", possible: inConversation,
        run: () => { const id = current(); if (id !== null) toggle(id); } },
    { id: "next-mail", label: words.keys.nextMail, group: "list", icon: "chevron", key: "j", barless: true, possible: onMailDesk,
        run: () => wish("nextMail") },
    { id: "previous-mail", label: words.keys.previousMail, group: "list", icon: "chevron", key: "k", barless: true, possible: onMailDesk,
        run: () => wish("previousMail") },
    { id: "reply", label: words.keys.reply, group: "conversation", icon: "reply", key: "r", possible: inConversation,
        run: () => wish("reply") },
    { id: "note", label: words.keys.note, group: "conversation", icon: "lock", key: "n", possible: inConversation,
        run: () => wish("note") },
    { id: "assign", label: words.keys.assign, group: "conversation", icon: "person", key: "a", possible: onSomething,
        run: () => wish(selecting() ? "bulkAssign" : "assign") },
    {
        id: "assign-me", label: words.keys.assignMe, group: "conversation", icon: "person", possible: inConversation,
        run: () => {
            const id = current();
            const self = me();
            if (id !== null && self !== null) void attempt(() =>
                assign(id, { id: self.id, name: self.available_name ?? self.name, email: self.email }));
        },
    },
    { id: "label", label: words.keys.label, group: "conversation", icon: "tag", key: "l", possible: onSomething,
        run: () => wish(selecting() ? "bulkLabel" : "label") },
    { id: "snooze", label: words.keys.snooze, group: "conversation", icon: "moon", key: "s", possible: onSomething,
        run: () => wish(selecting() ? "bulkSnooze" : "snooze") },
    {
        id: "resolve", label: words.keys.resolve, group: "conversation", icon: "check", key: "e",
        possible: () => selecting() || has("resolved", false)(),
        run: () => {
            const id = current();
            if (selecting()) void attempt(() => changeSelected({ fields: { status: "resolved" } }));
            else if (id !== null) resolve(id);
        },
    },
    {
        id: "reopen", label: words.keys.reopen, group: "conversation", icon: "refresh", key: "u",
        possible: () => selecting() || has("open", false)(),
        run: () => {
            const id = current();
            if (selecting()) void attempt(() => changeSelected({ fields: { status: "open" } }));
            else if (id !== null) void attempt(() => setStatus(id, "open"));
        },
    },
    { id: "send", label: words.keys.send, group: "conversation", icon: "send", shown: ["mod", "Enter"], barless: true, run: () => {} },
    { id: "to-list", label: words.keys.toList, group: "everywhere", icon: "inbox", run: () => openConversation(null) },
    { id: "to-contacts", label: words.keys.toContacts, group: "everywhere", icon: "people", run: () => go({ page: "contacts", id: null }) },
    { id: "to-inboxes", label: words.keys.toInboxes, group: "everywhere", icon: "gear",
        run: () => go({ page: "settings", section: "inboxes", id: null }) },
    { id: "to-canned", label: words.canned.title, group: "everywhere", icon: "chat",
        run: () => go({ page: "settings", section: "canned", id: null }) },
    { id: "to-health", label: words.health.title, group: "everywhere", icon: "shield", possible: () => me()?.role === "administrator",
        run: () => go({ page: "settings", section: "health", id: null }) },
    { id: "to-notices", label: words.notices.title, group: "everywhere", icon: "bell", run: () => go({ page: "notices" }) },
    { id: "to-reports", label: words.reports.title, group: "everywhere", icon: "chart", possible: () => me()?.role === "administrator",
        run: () => go({ page: "reports" }) },
    { id: "to-teams", label: words.teams.title, group: "everywhere", icon: "people",
        run: () => go({ page: "settings", section: "teams", id: null }) },
    { id: "mentioned", label: words.views.open(words.views.kinds.mention), group: "list", icon: "person",
        run: () => { openConversation(null); show({ ...plainView, kind: "mention", status: "all" }); } },
    { id: "unattended", label: words.views.open(words.views.kinds.unattended), group: "list", icon: "clock",
        run: () => { openConversation(null); show({ ...plainView, kind: "unattended" }); } },
    { id: "to-mail", label: words.keys.toMail, group: "everywhere", icon: "mail", run: () => go({ page: "mail" }) },
    { id: "details", label: words.keys.toggleDetails, group: "conversation", icon: "panel", possible: inConversation,
        run: () => wish("details") },
    { id: "theme", label: words.keys.toggleTheme, group: "everywhere", icon: "moon",
        run: () => change({ theme: dark.value ? "light" : "dark" }) },
];

/** True while keys belong to a field, a menu or a window over the page. */
function typing(target: EventTarget | null): boolean {
    if (!(target instanceof HTMLElement)) return false;
    return target.isContentEditable
        || target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [role=menu], [role=dialog]") !== null;
}

function handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const modified = event.ctrlKey || event.metaKey;
    const field = typing(event.target);
    if (!modified && (field || barOpen.value || helpOpen.value)) return;
    const found = commands.find((command) =>
        command.key === (event.key.length === 1 && event.key !== "?" ? event.key.toLowerCase() : event.key)
        && (command.modifier ?? false) === modified && (command.possible?.() ?? true));
    if (found === undefined || (event.shiftKey && found.key !== "?" && !modified)) return;
    event.preventDefault();
    found.run();
}

export function listen(): () => void {
    window.addEventListener("keydown", handle);
    return () => window.removeEventListener("keydown", handle);
}

export const mac = /Mac|iPhone|iPad/.test(navigator.platform);
export const modifierName = mac ? "⌘" : "Ctrl";

/** The keys of a command as they are written for people. */
export function keyNames(command: Command): string[] {
    const names = command.shown ?? (command.key === undefined ? [] : [...(command.modifier ? ["mod"] : []), command.key]);
    return names.map((name) => (name === "mod" ? modifierName : name === "Escape" ? "Esc" : name.length === 1 ? name.toUpperCase() : name));
}
