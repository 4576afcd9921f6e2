import type { views as English } from "../views";

export const views: typeof English = {
    views: {
        title: "Ansichten",
        mine: "Gespeicherte Ansichten",
        kinds: { all: "Unterhaltungen", mention: "Erwähnungen", unattended: "Unbeantwortet", held: "Zurückgehaltene Antworten" },
        hints: {
            mention: "Eine Notiz nennt Sie beim Namen",
            unattended: "Wartet auf eine Antwort von Ihnen",
            held: "Die Mail eines Fremden wartet auf Sie",
        },
        open: (name: string): string => `${name} zeigen`,
        save: "Als Ansicht speichern…",
        saveTitle: "Diese Ansicht speichern",
        saveText: "Status, Posteingang, Team, Labels und Reihenfolge, wie sie jetzt gezeigt werden. Nur Sie sehen sie.",
        name: "Name",
        keep: "Speichern",
        cancel: "Abbrechen",
        update: "Diese Änderungen speichern",
        saved: "Ansicht gespeichert.",
        rename: (name) => `„${name}“ umbenennen…`,
        renameTitle: "Diese Ansicht umbenennen",
        renamed: "Ansicht umbenannt.",
        remove: (name: string): string => `„${name}“ löschen`,
        removed: "Ansicht gelöscht.",
    },
};
