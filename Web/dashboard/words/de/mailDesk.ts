import type { mailDesk as English } from "../mailDesk";

export const mailDesk: typeof English = {
    mailDesk: {
        title: "Posttisch",
        lead: "Mail, über die zu entscheiden ist, mit dem, was aus ihr wurde, und warum. Keine Mail verschwindet je stillschweigend.",
        filters: { desk: "Zu entscheiden", held: "Zurückgehalten", quarantined: "In Quarantäne", failed: "Gescheitert", refused: "Abgelehnt", all: "Alle Mails" },
        outcomes: {
            held: "Zurückgehalten",
            quarantined: "In Quarantäne",
            failed: "Gescheitert",
            threaded: "In einer Unterhaltung",
            new_conversation: "Neue Unterhaltung",
            recorded: "Vermerkt",
            refused: "Abgelehnt",
        },
        kinds: {
            human: "Von einem Menschen", auto_reply: "Automatische Antwort", bounce: "Rückläufer", list: "Mailingliste", loop: "Schleife",
        },
        outcome: "Ergebnis",
        waiting: "Wird gelesen",
        noSubject: "(kein Betreff)",
        nobody: "(kein Absender)",
        original: "Original ansehen",
        openConversation: "Unterhaltung öffnen",
        ways: {
            release: "Freigeben", replay: "Noch einmal verarbeiten", discard: "Verwerfen", same_person: "Dieselbe Person",
            participant: "Jemand anderes darin", separate: "Eigene Unterhaltung", agent: "Eine Kollegin, ein Kollege",
        },
        hints: {
            release: "Kommt dahin, wohin die Belege weisen",
            replay: "Wird neu gelesen; nichts wird verdoppelt",
            discard: "Entschieden, ohne Nachricht. Das Original bleibt, bis seine Zeit um ist",
            same_person: "Nimmt diese Adresse in den Kontakt auf",
            participant: "Lässt sie in die Unterhaltung ein",
            separate: "Gibt der Mail eine eigene Unterhaltung",
            agent: "Macht sie zur Nachricht dieses Mitarbeiters",
        },
        done: {
            release: "Freigegeben. Ihr Platz zeigt sich gleich.",
            replay: "Sie wird noch einmal verarbeitet. Ihr Ergebnis zeigt sich gleich.",
            discard: "Verworfen. Sie steht unter „Alle Mails“.",
            same_person: "Als eigene Adresse des Kontakts aufgenommen.",
            participant: "Als Teilnehmer eingelassen.",
            separate: "In eine eigene Unterhaltung gegeben.",
            agent: "Sie ist jetzt die Nachricht des Mitarbeiters.",
        },
        empty: "Keine Mail hier",
        emptyText: "Mail, die kommt, steht hier mit Ergebnis und Grund.",
        nothing: "Nichts zu entscheiden",
        nothingText: "Mail, die zurückgehalten, in Quarantäne, gescheitert oder abgelehnt ist, erscheint hier, sobald sie kommt.",
        more: "Mehr zeigen",
        loading: "Mail wird geladen",
        detail: {
            recipients: "Empfänger", sender: "Umschlag-Absender", way: "Kam über", kind: "Art",
            evidence: "Beleg", standing: "Stellung", size: "Größe", id: "Message-ID",
        },
    },
};
