import type { composer as English } from "../composer";

export const composer: typeof English = {
    composer: {
        reply: "Antwort",
        note: "Private Notiz",
        placeholderChat: "Antwort schreiben…",
        placeholderEmail: "E-Mail-Antwort schreiben…",
        placeholderNote: "Notiz für Ihr Team schreiben…",
        attach: "Dateien anhängen",
        emoji: "Emoji",
        drop: "Dateien hier ablegen, um sie anzuhängen",
        removeFile: (name: string): string => `${name} entfernen`,
        send: "Senden",
        addNote: "Notiz hinzufügen",
        sendAndResolve: "Senden und erledigen",
        sendAndSnooze: "Senden und zurückstellen",
        emailLeaves: "Ihre E-Mail geht gleich hinaus.",
        sendMore: "Weitere Arten zu senden",
        mentions: "Kollegen, die gerufen werden können",
        noteSentence: "Das sieht nur Ihr Team.",
        choice: {
            label: "Wie das den Kunden erreicht",
            auto: "Automatisch",
            chat_only: "Nur Chat",
            email_now: "Jetzt per E-Mail",
            autoHint: "Jetzt im Chat, per E-Mail, wenn es nicht gesehen wird",
            autoEmailHint: "Beantwortet die E-Mail des Kunden",
            chatHint: "Geht nie als E-Mail hinaus",
            emailHint: (address: string | null): string => (address === null ? "Braucht erst eine Adresse" : `An ${address}, ohne zu warten`),
        },
        recipients: {
            label: "Wer diese E-Mail bekommt",
            add: "Cc hinzufügen",
            remove: (address: string): string => `${address} aus Cc nehmen`,
            placeholder: "name@example.com",
            wrong: "Das ist keine E-Mail-Adresse. Sie sieht aus wie name@example.com.",
            most: "Höchstens 10 Personen bekommen eine Kopie.",
        },
        chatOnlySentence: "Erscheint nur im Chat und geht nicht als E-Mail hinaus.",
        emailNowSentence: (address: string | null, chat: boolean): string => `Geht sofort per E-Mail${address === null ? "" : ` an ${address}`}${chat ? " und erscheint im Chat" : ""}.`,
        /** What happens with the next answer. `hindrance`: why it cannot leave as email; `chat`: false for an inbox without a website. */
        sentence: (mode: string, address: string | null, hindrance: string | null, chat: boolean): string => {
            if (hindrance === null) return mode === "email" ? `Geht als E-Mail an ${address ?? "den Kunden"}${chat ? " und erscheint im Chat" : ""}.`
                : `Erscheint jetzt im Chat; geht per E-Mail an ${address ?? "den Kunden"}, wenn es nicht gesehen wird.`;
            if (hindrance === "blocked") return "Geht nirgendwohin: dieser Kontakt ist gesperrt.";
            const reasons: Record<string, string> = {
                no_address: "keine Adresse bekannt",
                unreachable: `Mail an ${address ?? "die Adresse"} kommt zurück`,
                muted: "der Kunde will keine Mail dieser Unterhaltung",
                continuity_off: "dieser Posteingang sendet keine Mail",
                mail_not_configured: "Mail ist noch nicht eingerichtet",
                unproven_limit: `${address ?? "die Adresse"} hat auf die letzten drei Mails nicht geantwortet`,
                loop_stopped: "zu viele automatische Antworten kamen zurück",
            };
            return `${chat ? "Erscheint nur im Chat" : "Geht nirgendwohin"}${reasons[hindrance] === undefined ? "" : `: ${reasons[hindrance]}`}.`;
        },
        noSentence: "Erscheint jetzt im Chat.",
        hintEnter: "Eingabetaste sendet",
        hintModifier: (key: string): string => `${key} + Eingabetaste sendet`,
        tooLarge: (name: string): string => `${name} ist größer als 25 MB. Teilen Sie stattdessen einen Link.`,
        tooMany: "Mit einer Nachricht gehen höchstens 10 Dateien.",
        unnamedFile: "Datei",
        interrupted: "Die Seite wurde geschlossen, bevor das gesendet war.",
        arrived: (names: string): string => `${names} hat geschrieben, während Sie schrieben.`,
        arrivedText: "Ihre Antwort ist noch nicht gesendet. Lesen Sie dies, ändern Sie sie, wenn Sie möchten, und senden Sie noch einmal.",
        sendAnyway: "Trotzdem senden",
        replying: (name: string): string => `${name} antwortet gerade…`,
        typing: (name: string): string => `${name} schreibt…`,
        noteTyping: (name: string): string => `${name} schreibt eine Notiz…`,
    },
};
