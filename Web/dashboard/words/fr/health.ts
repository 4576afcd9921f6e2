import type { health as English } from "../health";

export const health: typeof English = {
    health: {
        title: "Santé",
        lead: "L’état de cette installation et de son courrier, et ce qu’il faut faire là où quelque chose ne va pas.",
        loading: "Tout est examiné",
        states: { good: "Bon", attention: "À regarder", bad: "À réparer", off: "Inutilisé" },
        overall: {
            good: "Tout va bien.",
            attention: "Cela fonctionne, et quelque chose est à regarder.",
            bad: "Quelque chose est à réparer.",
            off: "Tout va bien.",
        },
        toMend: "À regarder",
        well: "Ici tout va bien",
        names: {
            relay: "Serveur de courrier", inbox_relay: "Serveur de courrier d’une boîte", mailbox: "Boîte aux lettres",
            continuity_check: "Contrôle de continuité", waiting_mail: "Courrier en partance", queues: "Files d’attente", held: "Courrier retenu",
            quarantined: "Courrier en quarantaine", failed: "Courrier échoué", bounces: "Courrier revenu", loops: "Boucles", disk: "Disque",
            certificate: "Certificat",
        },
        places: { mail: "Ouvrir le bureau du courrier", inbox: "Ouvrir sa page e-mail", conversation: "Ouvrir la conversation" },
        facts: "Faits",
        lastIn: "Dernier courrier entré",
        lastOut: "Dernier courrier sorti",
        never: "aucun encore",
        version: "Version",
        checked: "Examiné",
        queues: {
            title: "Files d’attente",
            name: "File",
            jobs: "En attente",
            late: "Retard",
            onTime: "à l’heure",
            names: {
                inbound_mail: "Courrier arrivé", continuity: "Quand le courrier part", outbox: "Courrier qui part",
                auto_resolve: "Résolution après silence", notification: "E-mails aux agents", continuity_check: "Contrôles de continuité",
                nightly_check: "Contrôles de nuit",
            },
        },
        again: "Regarder de nouveau",
        onlyAdministrators: "Seuls les administrateurs voient cette page",
        onlyAdministratorsText: "Adressez-vous à l’un d’eux si le courrier semble mal fonctionner.",
    },
};
