import type { health as English } from "../health";

export const health: typeof English = {
    health: {
        title: "Salud",
        lead: "Cómo están esta instalación y su correo, y qué hacer donde algo no está bien.",
        loading: "Mirándolo todo",
        states: { good: "Bien", attention: "Por mirar", bad: "Por reparar", off: "Sin uso" },
        overall: {
            good: "Todo está bien.",
            attention: "Funciona, y algo pide una mirada.",
            bad: "Hay que reparar algo.",
            off: "Todo está bien.",
        },
        toMend: "Por mirar",
        well: "Aquí todo está bien",
        names: {
            relay: "Servidor de correo", inbox_relay: "Servidor de correo de una bandeja", mailbox: "Buzón", continuity_check: "Prueba de continuidad",
            waiting_mail: "Correo de salida", queues: "Colas", held: "Correo retenido", quarantined: "Correo en cuarentena", failed: "Correo fallido",
            bounces: "Correo devuelto", loops: "Bucles", disk: "Disco", certificate: "Certificado",
        },
        places: { mail: "Abrir la mesa de correo", inbox: "Abrir su página de correo", conversation: "Abrir la conversación" },
        facts: "Datos",
        lastIn: "Último correo entrante",
        lastOut: "Último correo saliente",
        never: "ninguno aún",
        version: "Versión",
        checked: "Mirado",
        queues: {
            title: "Colas",
            name: "Cola",
            jobs: "En espera",
            late: "Retraso",
            onTime: "a tiempo",
            names: {
                inbound_mail: "Correo llegado", continuity: "Cuándo sale el correo", outbox: "Correo que sale", auto_resolve: "Resolver tras silencio",
                notification: "Avisos a agentes por correo", continuity_check: "Pruebas de continuidad", nightly_check: "Pruebas nocturnas",
            },
        },
        again: "Mirar otra vez",
        onlyAdministrators: "Solo los administradores ven esta página",
        onlyAdministratorsText: "Pregunte a uno de ellos si algo del correo parece ir mal.",
    },
};
