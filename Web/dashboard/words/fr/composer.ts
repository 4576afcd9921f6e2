import type { composer as English } from "../composer";

export const composer: typeof English = {
    composer: {
        reply: "Réponse",
        note: "Note privée",
        placeholderChat: "Écrivez une réponse…",
        placeholderEmail: "Écrivez une réponse par e-mail…",
        placeholderNote: "Écrivez une note pour votre équipe…",
        attach: "Joindre des fichiers",
        emoji: "Émoji",
        drop: "Déposez des fichiers pour les joindre",
        removeFile: (name: string): string => `Retirer ${name}`,
        send: "Envoyer",
        addNote: "Ajouter la note",
        sendAndResolve: "Envoyer et résoudre",
        sendAndSnooze: "Envoyer et mettre en veille",
        emailLeaves: "Votre e-mail part dans un instant.",
        sendMore: "Autres façons d’envoyer",
        mentions: "Collègues à mentionner",
        noteSentence: "Seule votre équipe voit ceci.",
        choice: {
            label: "Comment ceci parvient au client",
            auto: "Automatique",
            chat_only: "Chat seulement",
            email_now: "E-mail maintenant",
            autoHint: "Chat maintenant, e-mail si ce n’est pas vu",
            autoEmailHint: "Répond à l’e-mail du client",
            chatHint: "Ne part jamais par e-mail",
            emailHint: (address: string | null): string => (address === null ? "Il faut d’abord une adresse" : `À ${address}, sans attendre`),
        },
        recipients: {
            label: "Qui reçoit cet e-mail",
            add: "Ajouter en Cc",
            remove: (address: string): string => `Retirer ${address} de Cc`,
            placeholder: "nom@example.com",
            wrong: "Ce n’est pas une adresse e-mail. Elle ressemble à nom@example.com.",
            most: "10 personnes au plus reçoivent une copie.",
        },
        chatOnlySentence: "N’apparaît que dans le chat ; aucun e-mail ne part.",
        emailNowSentence: (address: string | null, chat: boolean): string => `Part aussitôt par e-mail${address === null ? "" : ` à ${address}`}${chat ? " et apparaît dans le chat" : ""}.`,
        /** What happens with the next answer. `hindrance`: why it cannot leave as email; `chat`: false for an inbox without a website. */
        sentence: (mode: string, address: string | null, hindrance: string | null, chat: boolean): string => {
            if (hindrance === null) return mode === "email" ? `Part par e-mail ${address === null ? "au client" : `à ${address}`}${chat ? ", et s’affiche dans le chat" : ""}.`
                : `Affiché maintenant dans le chat ; envoyé ${address === null ? "au client" : `à ${address}`} s’il n’est pas vu.`;
            if (hindrance === "blocked") return "Ne va nulle part : ce contact est bloqué.";
            const reasons: Record<string, string> = {
                no_address: "aucune adresse connue",
                unreachable: `les e-mails à ${address ?? "cette adresse"} reviennent`,
                muted: "le client ne veut pas d’e-mail de cette conversation",
                continuity_off: "cette boîte n’envoie pas d’e-mail",
                mail_not_configured: "l’e-mail n’est pas encore réglé",
                unproven_limit: `${address ?? "l’adresse"} n’a pas répondu aux trois derniers e-mails`,
                loop_stopped: "trop de réponses automatiques sont revenues",
            };
            return `${chat ? "Affiché dans le chat seulement" : "Ne va nulle part"}${reasons[hindrance] === undefined ? "" : ` : ${reasons[hindrance]}`}.`;
        },
        noSentence: "Apparaît maintenant dans le chat.",
        hintEnter: "Entrée envoie",
        hintModifier: (key: string): string => `${key} + Entrée envoie`,
        tooLarge: (name: string): string => `${name} dépasse 25 Mo. Partagez plutôt un lien.`,
        tooMany: "Dix fichiers au plus par message.",
        unnamedFile: "fichier",
        interrupted: "La page a été fermée avant l’envoi.",
        arrived: (names: string): string => `${names} a écrit pendant que vous écriviez.`,
        arrivedText: "Votre réponse n’a pas été envoyée. Lisez ceci, modifiez-la si vous le souhaitez, puis envoyez à nouveau.",
        sendAnyway: "Envoyer quand même",
        replying: (name: string): string => `${name} répond…`,
        typing: (name: string): string => `${name} écrit…`,
        noteTyping: (name: string): string => `${name} écrit une note…`,
    },
};
