import type { teams as English } from "../teams";
import { plural } from "./plural";

export const teams: typeof English = {
    teams: {
        title: "Équipes",
        lead: "Des agents qui s’occupent ensemble de conversations. Une conversation peut avoir une équipe et l’un de ses membres.",
        add: "Ajouter une équipe",
        edit: "Modifier",
        remove: "Supprimer",
        removed: "Équipe supprimée. Ses conversations n’ont plus d’équipe.",
        saved: "Équipe enregistrée.",
        name: "Nom",
        description: "Ce dont elle s’occupe",
        members: "Membres",
        count: (count: number): string => plural(count, "membre", "membres"),
        yours: "Vous en faites partie",
        save: "Enregistrer",
        cancel: "Annuler",
        loading: "Chargement des équipes",
        none: "Pas encore d’équipe",
        noneText: "Créez-en une là où plusieurs se partagent le travail, comme la facturation ou les retours.",
        noneAgent: "Un administrateur peut en créer.",
    },
};
