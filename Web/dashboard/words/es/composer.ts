import type { composer as English } from "../composer";

export const composer: typeof English = {
    composer: {
        reply: "Respuesta",
        note: "Nota privada",
        placeholderChat: "Escriba una respuesta…",
        placeholderEmail: "Escriba una respuesta por correo…",
        placeholderNote: "Escriba una nota para su equipo…",
        attach: "Adjuntar archivos",
        emoji: "Emoji",
        drop: "Suelte archivos para adjuntarlos",
        removeFile: (name: string): string => `Quitar ${name}`,
        send: "Enviar",
        addNote: "Añadir nota",
        sendAndResolve: "Enviar y resolver",
        sendAndSnooze: "Enviar y posponer",
        emailLeaves: "Su correo sale en un momento.",
        sendMore: "Otras formas de enviar",
        mentions: "Compañeros a los que llamar",
        noteSentence: "Solo lo ve su equipo.",
        choice: {
            label: "Cómo llega esto al cliente",
            auto: "Automático",
            chat_only: "Solo chat",
            email_now: "Correo ahora",
            autoHint: "Ahora en el chat, por correo si no se ve",
            autoEmailHint: "Responde al correo del cliente",
            chatHint: "Nunca sale por correo",
            emailHint: (address: string | null): string => (address === null ? "Antes hace falta una dirección" : `A ${address}, sin esperar`),
        },
        recipients: {
            label: "Quién recibe este correo",
            add: "Añadir Cc",
            remove: (address: string): string => `Quitar ${address} de Cc`,
            placeholder: "nombre@example.com",
            wrong: "Eso no es una dirección de correo. Tiene la forma nombre@example.com.",
            most: "Como máximo 10 personas reciben una copia.",
        },
        chatOnlySentence: "Aparece solo en el chat; no se envía por correo.",
        emailNowSentence: (address: string | null, chat: boolean): string => `Sale enseguida por correo${address === null ? "" : ` a ${address}`}${chat ? " y aparece en el chat" : ""}.`,
        /** What happens with the next answer. `hindrance`: why it cannot leave as email; `chat`: false for an inbox without a website. */
        sentence: (mode: string, address: string | null, hindrance: string | null, chat: boolean): string => {
            if (hindrance === null) return mode === "email" ? `Sale por correo ${address === null ? "al cliente" : `a ${address}`}${chat ? ", y aparece en el chat" : ""}.`
                : `Aparece ahora en el chat; se envía ${address === null ? "al cliente" : `a ${address}`} si no se ve.`;
            if (hindrance === "blocked") return "No va a ninguna parte: este contacto está bloqueado.";
            const reasons: Record<string, string> = {
                no_address: "no se conoce ninguna dirección",
                unreachable: `el correo a ${address ?? "la dirección"} vuelve`,
                muted: "el cliente no quiere correos de esta conversación",
                continuity_off: "esta bandeja no envía correo",
                mail_not_configured: "el correo aún no está configurado",
                unproven_limit: `${address ?? "la dirección"} no respondió a los tres últimos correos`,
                loop_stopped: "volvieron demasiadas respuestas automáticas",
            };
            return `${chat ? "Aparece solo en el chat" : "No va a ninguna parte"}${reasons[hindrance] === undefined ? "" : `: ${reasons[hindrance]}`}.`;
        },
        noSentence: "Aparece ahora en el chat.",
        hintEnter: "Intro envía",
        hintModifier: (key: string): string => `${key} + Intro envía`,
        tooLarge: (name: string): string => `${name} pasa de 25 MB. Comparta mejor un enlace.`,
        tooMany: "Como mucho 10 archivos por mensaje.",
        unnamedFile: "archivo",
        interrupted: "La página se cerró antes de que se enviara.",
        arrived: (names: string): string => `${names} escribió mientras usted escribía.`,
        arrivedText: "Su respuesta no se ha enviado. Lea esto, cámbiela si quiere y envíela otra vez.",
        sendAnyway: "Enviar de todos modos",
        replying: (name: string): string => `${name} está respondiendo…`,
        typing: (name: string): string => `${name} está escribiendo…`,
        noteTyping: (name: string): string => `${name} está escribiendo una nota…`,
    },
};
