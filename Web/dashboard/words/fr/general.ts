import type { general as English } from "../general";
import { localeOf } from "../language";
import { numberIn } from "../plural";

const number = numberIn("fr");

export const general: typeof English = {
    product: "Throughline",
    locale: localeOf("fr"),
    errors: {
        unreachable: "Le serveur est injoignable. Vérifiez votre connexion, puis réessayez.",
        slow: "Le serveur a mis trop de temps à répondre. Réessayez dans un instant.",
        unexpected: "Quelque chose s’est mal passé sur cette page. Réessayez ; si cela persiste, rechargez la page.",
        status: (status: number): string => {
            if (status === 401) return "Vous êtes déconnecté. Reconnectez-vous pour continuer.";
            if (status === 403) return "Vous n’avez pas le droit de faire cela. Un administrateur le peut.";
            if (status === 404) return "Cela n’existe plus, ou vous ne pouvez pas le voir.";
            if (status === 413) return "C’est plus grand que ce que le serveur accepte. Envoyez des fichiers plus petits.";
            if (status === 429) return "C’était trop à la fois. Attendez une minute, puis réessayez.";
            if (status >= 500) return "Le serveur a eu un problème. Rien n’est perdu ; réessayez dans un instant.";
            return `Le serveur a refusé (${status}). Vérifiez ce que vous avez saisi.`;
        },
        retry: "Réessayer",
        reload: "Recharger la page",
        crashed: "Cette page a rencontré un problème",
    },
    rail: {
        label: "Navigation principale",
        conversations: "Conversations",
        contacts: "Contacts",
        mail: "Bureau du courrier",
        mailWaiting: (count: number): string => `Bureau du courrier, ${count} à décider`,
        reports: "Rapports",
        settings: "Réglages",
        help: "Raccourcis clavier",
        account: "Votre compte",
        skip: "Aller à la conversation",
    },
    availability: { online: "En ligne", busy: "Occupé", offline: "Hors ligne" },
    theme: { label: "Apparence", system: "Comme le système", light: "Clair", dark: "Sombre" },
    language: { label: "Langue", browser: "Comme le navigateur" },
    signOut: "Se déconnecter",
    live: { late: "Connexion perdue. Les nouveaux messages arrivent dès qu’elle revient." },
    panes: { list: "Largeur de la liste", details: "Largeur des détails" },
    close: "Fermer",
    time: {
        now: "à l’instant",
        seconds: (count: number): string => `${count} s`,
        minutes: (count: number): string => `${count} min`,
        hours: (count: number): string => `${number(count)} h`,
        days: (count: number): string => `${number(count)} j`,
        ago: (text: string): string => `il y a ${text}`,
        justNow: "à l’instant",
    },
    keys: {
        title: "Raccourcis clavier",
        close: "Fermer",
        groups: { everywhere: "Partout", list: "Liste", conversation: "Conversation" },
        bar: "Barre de commandes",
        barPlaceholder: "Tapez une commande ou un nom…",
        barEmpty: "Rien ne correspond. Essayez un autre mot.",
        barCommands: "Commandes",
        barConversations: "Conversations",
        help: "Cette aide",
        next: "Conversation suivante",
        previous: "Conversation précédente",
        select: "Sélectionner pour un changement groupé",
        nextMail: "Courrier suivant sur le bureau",
        previousMail: "Courrier précédent sur le bureau",
        reply: "Répondre",
        note: "Note privée",
        assign: "Attribuer",
        assignMe: "M’attribuer",
        label: "Étiquette",
        snooze: "Reporter",
        resolve: "Résoudre",
        reopen: "Rouvrir",
        search: "Rechercher",
        close_: "Fermer ou revenir",
        send: "Envoyer (dans le chat : Entrée)",
        toContacts: "Aller aux contacts",
        toInboxes: "Aller aux boîtes de réception",
        toMail: "Aller au bureau du courrier",
        toList: "Aller aux conversations",
        toggleDetails: "Afficher ou masquer les détails",
        toggleTheme: "Basculer entre clair et sombre",
    },
};
