import type { agents as English } from "../agents";

export const agents: typeof English = {
    agents: {
        title: "Agents",
        lead: "Les personnes qui répondent. Les administrateurs changent aussi les réglages et s’occupent des agents.",
        add: "Ajouter un agent",
        edit: "Modifier",
        remove: "Retirer",
        name: "Nom",
        nameHint: "Les clients le voient.",
        email: "Adresse e-mail",
        emailHint: "Elle sert à se connecter.",
        password: "Premier mot de passe",
        passwordHint: "Transmettez-le là où personne d’autre ne le lit.",
        role: "Rôle",
        roles: { agent: "Agent", administrator: "Administrateur" },
        you: "Vous",
        save: "Enregistrer",
        cancel: "Annuler",
        saved: "Agent enregistré.",
        loading: "Chargement des agents",
        removeTitle: (name: string): string => `Retirer ${name} ?`,
        removeText: "Cette personne est déconnectée partout aussitôt. Ses conversations n’appartiennent plus à personne ; ce qu’elle a écrit reste, avec son nom.",
        removeNow: "Retirer",
        removed: (name: string): string => `${name} a été retiré.`,
    },
};
