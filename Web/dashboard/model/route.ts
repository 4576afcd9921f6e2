import { Cell } from "./cells";

/** The tabs of an inbox. */
export type InboxPart = "general" | "appearance" | "messages" | "before-chat" | "security" | "email";

const inboxParts: InboxPart[] = ["general", "appearance", "messages", "before-chat", "security", "email"];

/** What the address bar says. */
export type Route =
    | { page: "conversations"; id: number | null }
    | { page: "contacts"; id: number | null }
    | { page: "settings"; section: "inboxes"; id: number | "new-website" | "new-email" | null; part?: InboxPart }
    | { page: "settings"; section: "agents" | "canned" | "health" | "teams"; id: null }
    | { page: "mail" }
    | { page: "reports" }
    | { page: "notices" };

function read(path: string): Route {
    // Links in mails may carry the account, as Chatwoot's do: /app/accounts/1/conversations/7.
    const parts = path.replace(/^\/app\/?/, "").split("/").filter((part) => part !== "");
    if (parts[0] === "accounts") parts.splice(0, 2);
    const number = (text: string | undefined): number | null => (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null);
    switch (parts[0]) {
    case "contacts":
        return { page: "contacts", id: number(parts[1]) };
    case "mail":
    case "reports":
    case "notices":
        return { page: parts[0] };
    case "settings":
        // Where the mail desk stood first.
        if (parts[1] === "mail") return { page: "mail" };
        if (parts[1] === "agents" || parts[1] === "canned" || parts[1] === "health" || parts[1] === "teams") {
            return { page: "settings", section: parts[1], id: null };
        }
        if (parts[2] === "new-website" || parts[2] === "new-email") return { page: "settings", section: "inboxes", id: parts[2] };
        return { page: "settings", section: "inboxes", id: number(parts[2]), part: inboxParts.find((part) => part === parts[3]) };
    default:
        return { page: "conversations", id: number(parts[1]) };
    }
}

function write(route: Route): string {
    switch (route.page) {
    case "conversations": return route.id === null ? "/app" : `/app/conversations/${route.id}`;
    case "contacts": return route.id === null ? "/app/contacts" : `/app/contacts/${route.id}`;
    case "mail":
    case "reports":
    case "notices": return `/app/${route.page}`;
    case "settings":
        if (route.section !== "inboxes") return `/app/settings/${route.section}`;
        return route.id === null ? "/app/settings/inboxes"
            : `/app/settings/inboxes/${route.id}${route.part === undefined || route.part === "general" ? "" : `/${route.part}`}`;
    }
}

export const route = new Cell<Route>(read(location.pathname));
window.addEventListener("popstate", () => route.set(read(location.pathname)));

export function go(next: Route, replace = false): void {
    const path = write(next);
    if (path !== location.pathname) {
        if (replace) history.replaceState(null, "", path);
        else history.pushState(null, "", path);
    }
    route.set(next);
}

export const openConversation = (id: number | null): void => go({ page: "conversations", id });

/** The conversation that is on screen, if any. */
export function current(): number | null {
    return route.value.page === "conversations" ? route.value.id : null;
}

/** The same for a path that the server names. */
export const linkTo = (path: string): ReturnType<typeof link> => link(read(path));

/** Properties of a link that moves inside the page but is a real link (middle click, copy address). */
export function link(next: Route): { href: string; onClick: (event: React.MouseEvent) => void } {
    return {
        href: write(next),
        onClick: (event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            go(next);
        },
    };
}
