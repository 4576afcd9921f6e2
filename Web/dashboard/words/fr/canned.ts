import type { canned as English } from "../canned";

export const canned: typeof English = {
    canned: {
        title: "Réponses prêtes",
        lead: "Des réponses que votre équipe garde prêtes. Tapez / et le mot court là où vous écrivez.",
        add: "Ajouter une réponse prête",
        edit: "Modifier",
        remove: "Supprimer",
        removed: "Réponse prête supprimée.",
        saved: "Réponse prête enregistrée.",
        shortCode: "Mot court",
        shortCodeHint: "Ce que vous tapez après /, sans espaces.",
        content: "Réponse",
        contentHint: (names: string): string => `Ceci est rempli là où vous écrivez : ${names}`,
        save: "Enregistrer",
        cancel: "Annuler",
        loading: "Chargement des réponses prêtes",
        none: "Rien de prêt pour l’instant",
        noneText: "Notez une fois ce que vous répondez chaque jour, et ce sera ensuite à deux touches.",
    },
};
