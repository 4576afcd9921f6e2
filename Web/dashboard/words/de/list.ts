import type { list as English } from "../list";
import { plural } from "./plural";

export const list: typeof English = {
    list: {
        title: "Unterhaltungen",
        search: "Nachrichten durchsuchen",
        clear: "Suche leeren",
        tabs: { me: "Meine", unassigned: "Frei", all: "Alle" },
        filter: "Filtern und sortieren",
        status: "Status",
        sort: "Reihenfolge",
        inbox: "Posteingang",
        everyInbox: "Jeder Posteingang",
        team: "Team",
        everyTeam: "Jedes Team",
        label: "Label",
        everyLabel: "Jedes Label",
        statuses: { open: "Offen", pending: "Wartend", snoozed: "Zurückgestellt", resolved: "Erledigt", all: "Alle" },
        sorts: {
            last_activity_at_desc: "Zuletzt bewegt",
            created_at_desc: "Neueste zuerst",
            waiting_since_asc: "Am längsten wartend",
            priority_desc: "Dringlichkeit",
        },
        draft: "Entwurf",
        you: "Sie",
        note: "Notiz",
        attachment: "Anhang",
        nothingSaid: "Noch keine Nachrichten",
        typing: "schreibt…",
        typingAgent: (name: string): string => `${name} antwortet gerade…`,
        looking: (name: string): string => `${name} sieht sich das gerade an`,
        pills: { noEmail: "Keine E-Mail", notDelivered: "Nicht zugestellt", held: "Zurückgehalten" },
        unread: (count: number): string => plural(count, "ungelesene Nachricht", "ungelesene Nachrichten"),
        moved: "Neue Bewegung",
        emptyTitle: { me: "Ihnen ist nichts zugewiesen", unassigned: "Um alles kümmert sich jemand", all: "Keine Unterhaltungen hier" },
        emptyText: {
            me: "Nehmen Sie eine der freien, oder genießen Sie die Ruhe.",
            unassigned: "Neue Unterhaltungen erscheinen hier, sobald sie kommen.",
            all: "Neue Unterhaltungen erscheinen hier, sobald sie kommen.",
        },
        emptySearch: (text: string): string => `Nichts gefunden für „${text}“`,
        emptySearchText: "Jedes Wort muss vorkommen. Versuchen Sie weniger, oder den Anfang eines Wortes.",
        loading: "Unterhaltungen werden geladen",
    },
    channel: { chat: "Chat", email: "E-Mail" },
    unknownContact: "Besucher",
    presence: {
        looking: "Sieht gerade her",
        open: "Seite offen, Chat geschlossen",
        gone: "Nicht da",
        words: (presence: "looking" | "open" | "gone", left: string | null, emailed: boolean): string => {
            if (presence === "looking") return "Sieht gerade in den Chat";
            if (presence === "open") return "Hat die Seite offen";
            const away = left === null ? "Nicht auf der Seite" : `Gegangen ${left}`;
            return emailed ? `${away}, Antworten gehen per E-Mail` : away;
        },
        onPage: (page) => `Gerade auf ${page}`,
        emailMode: "Schreibt per E-Mail",
    },
    mailStopped: {
        text: (waiting: number): string =>
            `Gerade geht keine E-Mail hinaus${waiting > 0 ? `; ${plural(waiting, "Mail wartet", "Mails warten")}` : ""}.`,
        next: (at: string): string => `Der nächste Versuch ist um ${at}.`,
        now: "Jetzt versuchen",
    },
};
