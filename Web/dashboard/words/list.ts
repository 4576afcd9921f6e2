import { plural } from "./plural";

/** The list of conversations. */
export const list = {
    list: {
        title: "Conversations",
        search: "Search messages",
        clear: "Clear search",
        tabs: { me: "Mine", unassigned: "Unassigned", all: "All" },
        filter: "Filter and sort",
        status: "Status",
        sort: "Sort",
        inbox: "Inbox",
        everyInbox: "Every inbox",
        team: "Team",
        everyTeam: "Every team",
        label: "Label",
        everyLabel: "Every label",
        statuses: { open: "Open", pending: "Pending", snoozed: "Snoozed", resolved: "Resolved", all: "All" },
        sorts: {
            last_activity_at_desc: "Newest activity",
            created_at_desc: "Newest first",
            waiting_since_asc: "Waiting longest",
            priority_desc: "Priority",
        },
        draft: "Draft",
        you: "You",
        note: "Note",
        attachment: "Attachment",
        nothingSaid: "No messages yet",
        typing: "typing…",
        typingAgent: (name: string): string => `${name} is replying…`,
        looking: (name: string): string => `${name} is looking at this`,
        pills: { noEmail: "No email", notDelivered: "Not delivered", held: "Held reply" },
        unread: (count: number): string => plural(count, "unread message", "unread messages"),
        moved: "New activity",
        emptyTitle: { me: "Nothing is assigned to you", unassigned: "Everything has an owner", all: "No conversations here" },
        emptyText: {
            me: "Take one from Unassigned, or enjoy the calm.",
            unassigned: "New conversations appear here the moment they come in.",
            all: "New conversations appear here the moment they come in.",
        },
        emptySearch: (text: string): string => `Nothing found for “${text}”`,
        emptySearchText: "Every word must be there. Try fewer, or the beginning of one.",
        loading: "Loading conversations",
    },
    channel: { chat: "Chat", email: "Email" },
    unknownContact: "Visitor",
    presence: {
        looking: "Looking now",
        open: "Page open, chat closed",
        gone: "Not here",
        words: (presence: "looking" | "open" | "gone", left: string | null, emailed: boolean): string => {
            if (presence === "looking") return "Looking at the chat now";
            if (presence === "open") return "Has the page open";
            const away = left === null ? "Not on the page" : `Left ${left}`;
            return emailed ? `${away}, answers go by email` : away;
        },
        onPage: (page: string): string => `On ${page} now`,
        emailMode: "Writes by email",
    },
    mailStopped: {
        text: (waiting: number): string => `No email leaves just now${waiting > 0 ? `; ${plural(waiting, "mail waits", "mails wait")}` : ""}.`,
        next: (at: string): string => `It is tried again at ${at}.`,
        now: "Try now",
    },
};
