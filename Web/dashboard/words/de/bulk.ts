import type { bulk as English } from "../bulk";
import { plural } from "./plural";

export const bulk: typeof English = {
    bulk: {
        title: "Ausgewählte Unterhaltungen",
        select: (name: string): string => `${name} auswählen`,
        count: (count: number): string => `${count} ausgewählt`,
        most: (most: number): string => `Höchstens ${most} Unterhaltungen werden auf einmal geändert.`,
        resolve: "Erledigen",
        reopen: "Wieder öffnen",
        assign: "Zuweisen",
        nobody: "Niemand",
        label: "Label hinzufügen",
        snooze: "Zurückstellen",
        more: "Weitere Änderungen",
        team: "Einem Team geben",
        noTeam: "Kein Team",
        pending: "Als wartend markieren",
        read: "Als gelesen markieren",
        unlabel: "Label abnehmen",
        all: "Alle geladenen auswählen",
        clear: "Auswahl aufheben",
        done: (count: number): string => `${plural(count, "Unterhaltung", "Unterhaltungen")} geändert.`,
        refused: (count: number, reason: string): string =>
            `${plural(count, "Unterhaltung konnte", "Unterhaltungen konnten")} nicht geändert werden: ${reason}`,
    },
};
