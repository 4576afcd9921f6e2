import type { bulk as English } from "../bulk";
import { plural } from "./plural";

export const bulk: typeof English = {
    bulk: {
        title: "Conversations sélectionnées",
        select: (name: string): string => `Sélectionner ${name}`,
        count: (count: number): string => plural(count, "sélectionnée", "sélectionnées"),
        most: (most: number): string => `Au plus ${most} conversations sont modifiées à la fois.`,
        resolve: "Résoudre",
        reopen: "Rouvrir",
        assign: "Attribuer",
        nobody: "Personne",
        label: "Ajouter une étiquette",
        snooze: "Mettre en veille",
        more: "Autres changements",
        team: "Confier à une équipe",
        noTeam: "Aucune équipe",
        pending: "Marquer en attente",
        read: "Marquer comme lu",
        unlabel: "Retirer une étiquette",
        all: "Sélectionner toutes celles chargées",
        clear: "Effacer la sélection",
        done: (count: number): string => `${plural(count, "conversation modifiée", "conversations modifiées")}.`,
        refused: (count: number, reason: string): string =>
            `${plural(count, "conversation n’a pas pu être modifiée", "conversations n’ont pas pu être modifiées")} : ${reason}`,
    },
};
