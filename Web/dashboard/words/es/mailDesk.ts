import type { mailDesk as English } from "../mailDesk";

export const mailDesk: typeof English = {
    mailDesk: {
        title: "Mesa de correo",
        lead: "Correo que pide una decisión, con lo que fue de él y por qué. Ningún correo desaparece en silencio.",
        filters: { desk: "Por decidir", held: "Retenido", quarantined: "En cuarentena", failed: "Fallido", refused: "Rechazado", all: "Todo el correo" },
        outcomes: {
            held: "Retenido",
            quarantined: "En cuarentena",
            failed: "Fallido",
            threaded: "En una conversación",
            new_conversation: "Conversación nueva",
            recorded: "Anotado",
            refused: "Rechazado",
        },
        kinds: {
            human: "Escrito por una persona", auto_reply: "Respuesta automática", bounce: "Correo devuelto", list: "Lista de correo", loop: "Bucle",
        },
        outcome: "Resultado",
        waiting: "Leyéndose",
        noSubject: "(sin asunto)",
        nobody: "(sin remitente)",
        original: "Ver el original",
        openConversation: "Abrir la conversación",
        ways: {
            release: "Liberar", replay: "Procesar de nuevo", discard: "Descartar", same_person: "Misma persona", participant: "Otra persona en ella",
            separate: "Conversación aparte", agent: "Un compañero",
        },
        hints: {
            release: "Lo pone donde dicen sus indicios",
            replay: "Lo lee de nuevo; nada se duplica",
            discard: "Resuelto, sin mensaje. El original queda hasta que acabe su plazo",
            same_person: "Añade esta dirección al contacto",
            participant: "La admite en la conversación",
            separate: "Da al correo una conversación propia",
            agent: "Lo convierte en mensaje de ese compañero",
        },
        done: {
            release: "Liberado. Su lugar se ve en un momento.",
            replay: "Se procesa de nuevo. Su resultado se ve en un momento.",
            discard: "Descartado. Está en «Todo el correo».",
            same_person: "Añadida como dirección del contacto.",
            participant: "Admitido como participante.",
            separate: "Movido a una conversación propia.",
            agent: "Ahora es el mensaje del compañero.",
        },
        empty: "Aquí no hay correo",
        emptyText: "El correo que llega aparece aquí con su resultado y su razón.",
        nothing: "Nada que decidir",
        nothingText: "El correo retenido, en cuarentena, fallido o rechazado aparece aquí en cuanto llega.",
        more: "Mostrar más",
        loading: "Cargando correo",
        detail: {
            recipients: "Destinatarios", sender: "Remitente del sobre", way: "Llegó por", kind: "Clase",
            evidence: "Indicio", standing: "Condición", size: "Tamaño", id: "Message-ID",
        },
    },
};
