import type { activity as English } from "../activity";
import type { Values } from "../activity";

export const activity: typeof English = {
    activity: {
        status_resolved: ({ by }: Values): string => `${by} resolvió la conversación`,
        status_open: ({ by }: Values): string => `${by} reabrió la conversación`,
        status_pending: ({ by }: Values): string => `${by} dejó la conversación pendiente`,
        status_snoozed: ({ by }: Values): string => `${by} pospuso la conversación`,
        snooze_over: (): string => "El aplazamiento terminó",
        resolved_after_silence: (): string => "Resuelta por sí sola tras un largo silencio",
        wrote_again: ({ name }: Values): string => `${name || "El visitante"} volvió a escribir`,
        ended_by_visitor: ({ name }: Values): string => `${name || "El visitante"} terminó la conversación`,
        reopened_by_mail: ({ name }: Values): string => `Reabierta por un correo de ${name || "el cliente"}`,
        unassigned: ({ by }: Values): string => `${by} quitó la asignación`,
        self_assigned: ({ by }: Values): string => `${by} tomó la conversación`,
        assigned: ({ by, to }: Values): string => `${by} asignó la conversación a ${to}`,
        team_unassigned: ({ by, team }: Values): string => `${by} quitó la conversación a ${team || "su equipo"}`,
        muted_by_customer: (): string => "El cliente no quiere más correos de esta conversación",
        muted: ({ by }: Values): string => `${by} silenció los correos de esta conversación`,
        unmuted: ({ by }: Values): string => `${by} volvió a activar los correos de esta conversación`,
        mail_stopped: (): string =>
            "Se detuvo el correo saliente: demasiadas respuestas automáticas en diez minutos. Reanúdelo cuando esté arreglado.",
        mail_resumed: (): string => "Se reanudó el correo saliente",
        copy_failed: ({ address, reason }: Values): string => `La copia para ${address} no se entregó: ${reason}`,
        transcript: ({ address, by }: Values): string => `${by || "El visitante"} pidió una transcripción: va a ${address}`,
        chat_code: ({ address }: Values): string => `Se envió un código para el chat a ${address}`,
        chat_opened: ({ name }: Values): string => `${name || "El cliente"} abrió la conversación en el chat desde un enlace de un correo`,
        chat_links_stopped: ({ by }: Values): string => `${by || "El cliente"} anuló los enlaces de chat de esta conversación`,
        other_address_typed: ({ address }: Values): string =>
            `El visitante escribió otra dirección, ${address}. El correo sigue yendo a la del contacto`,
        joined: ({ address, name, number }: Values): string =>
            `${address} es suya, está probado: unido con el contacto ${name} (#${number})`,
        merged: ({ by, number }: Values): string => `${by} unió la conversación #${number} con esta`,
        taken_out: ({ by, number }: Values): string => `${by} sacó este correo de la conversación #${number}`,
        follows: ({ number }: Values): string => `Sigue a la conversación #${number}, resuelta hace tiempo`,
        linked: ({ number }: Values): string => `Enlazada con la conversación #${number}`,
        linked_deleted: ({ number }: Values): string =>
            `Este correo llegó a una dirección de respuesta de la conversación #${number}, que se borró`,
        linked_retired: ({ number }: Values): string =>
            `Este correo llegó a una dirección de respuesta de la conversación #${number} que ya no vale`,
        linked_stranger: ({ number }: Values): string =>
            `Este correo responde a la conversación #${number}, pero su remitente no estaba en ella`,
        deleted: (): string => "Este mensaje se borró",
        taken_back: (): string => "Este mensaje se retiró",
        became_message: ({ name }: Values): string => `Este correo es ahora un mensaje de ${name}`,
        moved_out: ({ number }: Values): string => `Este correo pasó a la conversación #${number}`,
        discarded: ({ by }: Values): string => `${by} descartó este correo`,
    } as Record<string, (values: Values) => string>,
};
