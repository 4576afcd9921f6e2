import type { general as English } from "../general";
import { localeOf } from "../language";
import { numberIn } from "../plural";

const number = numberIn("de");

export const general: typeof English = {
    product: "Throughline",
    locale: localeOf("de"),
    errors: {
        unreachable: "Der Server ist nicht zu erreichen. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
        slow: "Der Server hat zu lange nicht geantwortet. Versuchen Sie es gleich noch einmal.",
        unexpected: "Auf dieser Seite ist etwas schiefgegangen. Versuchen Sie es noch einmal; bleibt es so, laden Sie die Seite neu.",
        status: (status: number): string => {
            if (status === 401) return "Sie sind abgemeldet. Melden Sie sich wieder an, um weiterzumachen.";
            if (status === 403) return "Das dürfen Sie nicht. Ein Administrator kann es.";
            if (status === 404) return "Das ist nicht mehr da, oder Sie dürfen es nicht sehen.";
            if (status === 413) return "Das ist größer, als der Server annimmt. Senden Sie kleinere Dateien.";
            if (status === 429) return "Das war zu viel auf einmal. Warten Sie eine Minute und versuchen Sie es noch einmal.";
            if (status >= 500) return "Der Server hatte ein Problem. Nichts ging verloren; versuchen Sie es gleich noch einmal.";
            return `Der Server hat das abgelehnt (${status}). Prüfen Sie Ihre Eingaben.`;
        },
        retry: "Noch einmal versuchen",
        reload: "Seite neu laden",
        crashed: "Auf dieser Seite gab es ein Problem",
    },
    rail: {
        label: "Hauptbereiche",
        conversations: "Unterhaltungen",
        contacts: "Kontakte",
        mail: "Posttisch",
        mailWaiting: (count: number): string => `Posttisch, ${count} zu entscheiden`,
        reports: "Berichte",
        settings: "Einstellungen",
        help: "Tastenkürzel",
        account: "Ihr Konto",
        skip: "Zur Unterhaltung springen",
    },
    availability: { online: "Online", busy: "Beschäftigt", offline: "Offline" },
    theme: { label: "Aussehen", system: "Wie das System", light: "Hell", dark: "Dunkel" },
    language: { label: "Sprache", browser: "Wie der Browser" },
    signOut: "Abmelden",
    live: { late: "Verbindung unterbrochen. Neue Nachrichten kommen, sobald sie wieder da ist." },
    panes: { list: "Breite der Liste", details: "Breite der Details" },
    close: "Schließen",
    time: {
        now: "jetzt",
        seconds: (count: number): string => `${count} s`,
        minutes: (count: number): string => `${count} min`,
        hours: (count: number): string => `${number(count)} h`,
        days: (count: number): string => `${number(count)} T.`,
        ago: (text: string): string => `vor ${text}`,
        justNow: "gerade eben",
    },
    keys: {
        title: "Tastenkürzel",
        close: "Schließen",
        groups: { everywhere: "Überall", list: "Liste", conversation: "Unterhaltung" },
        bar: "Befehlsleiste",
        barPlaceholder: "Befehl oder Name eingeben…",
        barEmpty: "Nichts passt. Versuchen Sie ein anderes Wort.",
        barCommands: "Befehle",
        barConversations: "Unterhaltungen",
        help: "Diese Hilfe",
        next: "Nächste Unterhaltung",
        previous: "Vorige Unterhaltung",
        select: "Für eine gemeinsame Änderung auswählen",
        nextMail: "Nächste Mail auf dem Posttisch",
        previousMail: "Vorige Mail auf dem Posttisch",
        reply: "Antworten",
        note: "Private Notiz",
        assign: "Zuweisen",
        assignMe: "Mir zuweisen",
        label: "Label",
        snooze: "Zurückstellen",
        resolve: "Erledigen",
        reopen: "Wieder öffnen",
        search: "Suchen",
        close_: "Schließen oder zurück",
        send: "Senden (im Chat: Eingabetaste)",
        toContacts: "Zu den Kontakten",
        toInboxes: "Zu den Posteingängen",
        toMail: "Zum Posttisch",
        toList: "Zu den Unterhaltungen",
        toggleDetails: "Details zeigen oder verbergen",
        toggleTheme: "Zwischen Hell und Dunkel wechseln",
    },
};
