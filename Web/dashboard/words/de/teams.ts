import type { teams as English } from "../teams";
import { plural } from "./plural";

export const teams: typeof English = {
    teams: {
        title: "Teams",
        lead: "Agenten, die sich gemeinsam um Unterhaltungen kümmern. Eine Unterhaltung kann ein Team und einen seiner Leute haben.",
        add: "Team hinzufügen",
        edit: "Bearbeiten:",
        remove: "Löschen:",
        removed: "Team gelöscht. Seine Unterhaltungen haben jetzt kein Team.",
        saved: "Team gespeichert.",
        name: "Name",
        description: "Worum es sich kümmert",
        members: "Mitglieder",
        count: (count: number): string => plural(count, "Mitglied", "Mitglieder"),
        yours: "Sie gehören dazu",
        save: "Speichern",
        cancel: "Abbrechen",
        loading: "Teams werden geladen",
        none: "Noch keine Teams",
        noneText: "Legen Sie eines an, wo mehrere sich die Arbeit teilen, etwa Rechnungen oder Rücksendungen.",
        noneAgent: "Ein Administrator kann welche anlegen.",
    },
};
