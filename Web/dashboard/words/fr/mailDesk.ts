import type { mailDesk as English } from "../mailDesk";

export const mailDesk: typeof English = {
    mailDesk: {
        title: "Bureau du courrier",
        lead: "Le courrier qui demande une décision, avec ce qu’il est devenu et pourquoi. Aucun courrier ne disparaît en silence.",
        filters: { desk: "À décider", held: "Retenu", quarantined: "En quarantaine", failed: "Échoué", refused: "Refusé", all: "Tout le courrier" },
        outcomes: {
            held: "Retenu",
            quarantined: "En quarantaine",
            failed: "Échoué",
            threaded: "Dans une conversation",
            new_conversation: "Nouvelle conversation",
            recorded: "Consigné",
            refused: "Refusé",
        },
        kinds: {
            human: "Écrit par une personne", auto_reply: "Réponse automatique", bounce: "Courrier revenu", list: "Liste de diffusion", loop: "Boucle",
        },
        outcome: "Issue",
        waiting: "En cours de lecture",
        noSubject: "(sans objet)",
        nobody: "(sans expéditeur)",
        original: "Voir l’original",
        openConversation: "Ouvrir la conversation",
        ways: {
            release: "Libérer", replay: "Traiter de nouveau", discard: "Écarter", same_person: "Même personne", participant: "Quelqu’un d’autre dedans",
            separate: "Conversation à part", agent: "Un collègue",
        },
        hints: {
            release: "Le met là où ses indices mènent",
            replay: "Le relit à neuf ; rien n’est doublé",
            discard: "Réglé, sans message. L’original reste jusqu’à la fin de son délai",
            same_person: "Ajoute cette adresse au contact",
            participant: "L’admet dans la conversation",
            separate: "Donne au courrier sa propre conversation",
            agent: "En fait le message de ce collègue",
        },
        done: {
            release: "Libéré. Sa place s’affiche dans un instant.",
            replay: "Il est traité de nouveau. Son issue s’affiche dans un instant.",
            discard: "Écarté. Il se trouve sous « Tout le courrier ».",
            same_person: "Ajoutée comme adresse du contact.",
            participant: "Admis comme participant.",
            separate: "Déplacé dans sa propre conversation.",
            agent: "C’est maintenant le message du collègue.",
        },
        empty: "Aucun courrier ici",
        emptyText: "Le courrier qui arrive est listé ici avec son issue et sa raison.",
        nothing: "Rien à décider",
        nothingText: "Le courrier retenu, en quarantaine, échoué ou refusé apparaît ici dès son arrivée.",
        more: "Afficher plus",
        loading: "Chargement du courrier",
        detail: {
            recipients: "Destinataires", sender: "Expéditeur d’enveloppe", way: "Arrivé par", kind: "Nature",
            evidence: "Indice", standing: "Qualité", size: "Taille", id: "Message-ID",
        },
    },
};
