import type { canned as English } from "../canned";

export const canned: typeof English = {
    canned: {
        title: "Fertige Antworten",
        lead: "Antworten, die Ihr Team bereithält. Tippen Sie beim Schreiben / und das Kurzwort.",
        add: "Fertige Antwort hinzufügen",
        edit: "Bearbeiten",
        remove: "Löschen",
        removed: "Fertige Antwort gelöscht.",
        saved: "Fertige Antwort gespeichert.",
        shortCode: "Kurzwort",
        shortCodeHint: "Was Sie hinter / tippen, ohne Leerzeichen.",
        content: "Antwort",
        contentHint: (names: string): string => `Das wird beim Schreiben ausgefüllt: ${names}`,
        save: "Speichern",
        cancel: "Abbrechen",
        loading: "Fertige Antworten werden geladen",
        none: "Noch nichts bereitgelegt",
        noneText: "Schreiben Sie einmal auf, was Sie jeden Tag antworten; dann ist es zwei Tasten entfernt.",
    },
};
