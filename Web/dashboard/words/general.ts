import { localeOf } from "./language";

/** What every page says: names, faults, the rail, keys, times. */
export const general = {
    product: "Throughline",
    /** How times are written: in the words' language, in the reader's manner of it. */
    locale: localeOf("en"),
    errors: {
        unreachable: "The server cannot be reached. Check your connection, then try again.",
        slow: "The server took too long to answer. Try again in a moment.",
        unexpected: "Something went wrong on this page. Try again; if it stays, load the page anew.",
        status: (status: number): string => {
            if (status === 401) return "You are signed out. Sign in again to go on.";
            if (status === 403) return "You are not allowed to do this. An administrator can.";
            if (status === 404) return "This is not there any more, or it is not yours to see.";
            if (status === 413) return "This is larger than the server accepts. Send smaller files.";
            if (status === 429) return "That was too much at once. Wait a minute, then try again.";
            if (status >= 500) return "The server had a problem. Nothing was lost; try again in a moment.";
            return `The server refused this (${status}). Check what you entered.`;
        },
        retry: "Try again",
        reload: "Load the page again",
        crashed: "This page ran into a problem",
    },
    rail: {
        label: "Main",
        conversations: "Conversations",
        contacts: "Contacts",
        mail: "Mail desk",
        mailWaiting: (count: number): string => `Mail desk, ${count} to decide`,
        reports: "Reports",
        settings: "Settings",
        help: "Keyboard shortcuts",
        account: "Your account",
        skip: "Skip to the conversation",
    },
    availability: { online: "Online", busy: "Busy", offline: "Offline" },
    theme: { label: "Appearance", system: "As the system", light: "Light", dark: "Dark" },
    language: { label: "Language", browser: "As the browser" },
    signOut: "Sign out",
    live: { late: "Connection lost. New messages come as soon as it is back." },
    panes: { list: "Width of the list", details: "Width of the details" },
    close: "Close",
    time: {
        now: "now",
        seconds: (count: number): string => `${count} s`,
        minutes: (count: number): string => `${count} min`,
        hours: (count: number): string => `${count} h`,
        days: (count: number): string => `${count} d`,
        ago: (text: string): string => `${text} ago`,
        justNow: "just now",
    },
    keys: {
        title: "Keyboard shortcuts",
        close: "Close",
        groups: { everywhere: "Everywhere", list: "List", conversation: "Conversation" },
        bar: "Command bar",
        barPlaceholder: "Type a command or a name…",
        barEmpty: "Nothing fits. Try another word.",
        barCommands: "Commands",
        barConversations: "Conversations",
        help: "This help",
        next: "Next conversation",
        previous: "Previous conversation",
        select: "Select for one change on many",
        nextMail: "Next mail on the mail desk",
        previousMail: "Previous mail on the mail desk",
        reply: "Reply",
        note: "Private note",
        assign: "Assign",
        assignMe: "Assign to me",
        label: "Label",
        snooze: "Snooze",
        resolve: "Resolve",
        reopen: "Reopen",
        search: "Search",
        close_: "Close or go back",
        send: "Send (in chat: Enter)",
        toContacts: "Go to contacts",
        toInboxes: "Go to inboxes",
        toMail: "Go to the mail desk",
        toList: "Go to conversations",
        toggleDetails: "Show or hide details",
        toggleTheme: "Switch light and dark",
    },
};
