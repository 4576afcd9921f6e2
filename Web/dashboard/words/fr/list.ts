import type { list as English } from "../list";
import { plural } from "./plural";

export const list: typeof English = {
    list: {
        title: "Conversations",
        search: "Rechercher dans les messages",
        clear: "Effacer la recherche",
        tabs: { me: "Les miennes", unassigned: "Libres", all: "Toutes" },
        filter: "Filtrer et trier",
        status: "État",
        sort: "Ordre",
        inbox: "Boîte de réception",
        everyInbox: "Toutes les boîtes",
        team: "Équipe",
        everyTeam: "Toutes les équipes",
        label: "Étiquette",
        everyLabel: "Toutes les étiquettes",
        statuses: { open: "Ouvertes", pending: "En attente", snoozed: "Reportées", resolved: "Résolues", all: "Toutes" },
        sorts: {
            last_activity_at_desc: "Activité la plus récente",
            created_at_desc: "Plus récentes d’abord",
            waiting_since_asc: "En attente depuis le plus longtemps",
            priority_desc: "Priorité",
        },
        draft: "Brouillon",
        you: "Vous",
        note: "Note",
        attachment: "Pièce jointe",
        nothingSaid: "Pas encore de message",
        typing: "écrit…",
        typingAgent: (name: string): string => `${name} répond…`,
        looking: (name: string): string => `${name} regarde ceci`,
        pills: { noEmail: "Pas d’e-mail", notDelivered: "Non distribué", held: "Réponse retenue" },
        unread: (count: number): string => plural(count, "message non lu", "messages non lus"),
        moved: "Nouvelle activité",
        emptyTitle: { me: "Rien ne vous est attribué", unassigned: "Tout a un responsable", all: "Aucune conversation ici" },
        emptyText: {
            me: "Prenez-en une parmi les libres, ou profitez du calme.",
            unassigned: "Les nouvelles conversations apparaissent ici dès leur arrivée.",
            all: "Les nouvelles conversations apparaissent ici dès leur arrivée.",
        },
        emptySearch: (text: string): string => `Rien trouvé pour « ${text} »`,
        emptySearchText: "Chaque mot doit y être. Essayez-en moins, ou le début d’un mot.",
        loading: "Chargement des conversations",
    },
    channel: { chat: "Chat", email: "E-mail" },
    unknownContact: "Visiteur",
    presence: {
        looking: "Regarde en ce moment",
        open: "Page ouverte, chat fermé",
        gone: "Absent",
        words: (presence: "looking" | "open" | "gone", left: string | null, emailed: boolean): string => {
            if (presence === "looking") return "Regarde le chat en ce moment";
            if (presence === "open") return "A la page ouverte";
            const away = left === null ? "N’est pas sur la page" : `Parti ${left}`;
            return emailed ? `${away}, les réponses partent par e-mail` : away;
        },
        onPage: (page) => `En ce moment sur ${page}`,
        emailMode: "Écrit par e-mail",
    },
    mailStopped: {
        text: (waiting: number): string =>
            `Aucun e-mail ne part en ce moment${waiting > 0 ? ` ; ${plural(waiting, "courrier attend", "courriers attendent")}` : ""}.`,
        next: (at: string): string => `Nouvel essai à ${at}.`,
        now: "Essayer maintenant",
    },
};
