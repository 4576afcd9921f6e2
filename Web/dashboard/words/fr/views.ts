import type { views as English } from "../views";

export const views: typeof English = {
    views: {
        title: "Vues",
        mine: "Vues enregistrées",
        kinds: { all: "Conversations", mention: "Mentions", unattended: "Sans réponse", held: "Réponses retenues" },
        hints: {
            mention: "Une note vous appelle par votre nom",
            unattended: "Attend une réponse de votre part",
            held: "L’e-mail d’un inconnu vous attend",
        },
        open: (name: string): string => `Afficher ${name}`,
        save: "Enregistrer comme vue…",
        saveTitle: "Enregistrer cette vue",
        saveText: "L’état, la boîte, l’équipe, les étiquettes et l’ordre tels qu’ils sont affichés. Vous seul la voyez.",
        name: "Nom",
        keep: "Enregistrer",
        cancel: "Annuler",
        update: "Enregistrer ces changements",
        saved: "Vue enregistrée.",
        rename: (name) => `Renommer « ${name} »…`,
        renameTitle: "Renommer cette vue",
        renamed: "Vue renommée.",
        remove: (name: string): string => `Supprimer « ${name} »`,
        removed: "Vue supprimée.",
    },
};
