import type { activity as English } from "../activity";
import type { Values } from "../activity";

export const activity: typeof English = {
    activity: {
        status_resolved: ({ by }: Values): string => `${by} a résolu la conversation`,
        status_open: ({ by }: Values): string => `${by} a rouvert la conversation`,
        status_pending: ({ by }: Values): string => `${by} a mis la conversation en attente`,
        status_snoozed: ({ by }: Values): string => `${by} a mis la conversation en veille`,
        snooze_over: (): string => "La mise en veille est terminée",
        resolved_after_silence: (): string => "Résolue d’elle-même après un long silence",
        wrote_again: ({ name }: Values): string => `${name || "Le visiteur"} a de nouveau écrit`,
        ended_by_visitor: ({ name }: Values): string => `${name || "Le visiteur"} a terminé la conversation`,
        reopened_by_mail: ({ name }: Values): string => `Rouverte par un e-mail de ${name || "du client"}`,
        unassigned: ({ by }: Values): string => `${by} a retiré l’attribution`,
        self_assigned: ({ by }: Values): string => `${by} a pris la conversation`,
        assigned: ({ by, to }: Values): string => `${by} a attribué la conversation à ${to}`,
        team_unassigned: ({ by, team }: Values): string => `${by} a retiré la conversation à ${team || "son équipe"}`,
        muted_by_customer: (): string => "Le client ne veut plus d’e-mail de cette conversation",
        muted: ({ by }: Values): string => `${by} a coupé les e-mails de cette conversation`,
        unmuted: ({ by }: Values): string => `${by} a rétabli les e-mails de cette conversation`,
        mail_stopped: (): string =>
            "L’envoi d’e-mails a été arrêté : trop de réponses automatiques en dix minutes. Reprenez-le quand c’est réparé.",
        mail_resumed: (): string => "L’envoi d’e-mails a repris",
        copy_failed: ({ address, reason }: Values): string => `La copie à ${address} n’a pas été remise : ${reason}`,
        transcript: ({ address, by }: Values): string => `${by || "Le visiteur"} a demandé une transcription : elle part à ${address}`,
        chat_code: ({ address }: Values): string => `Un code pour le chat a été envoyé à ${address}`,
        chat_opened: ({ name }: Values): string => `${name || "Le client"} a ouvert la conversation dans le chat par un lien d’un e-mail`,
        chat_links_stopped: ({ by }: Values): string => `${by || "Le client"} a désactivé les liens de chat de cette conversation`,
        other_address_typed: ({ address }: Values): string =>
            `Le visiteur a saisi une autre adresse, ${address}. Les e-mails vont toujours à celle du contact`,
        joined: ({ address, name, number }: Values): string =>
            `${address} est bien la leur, c’est prouvé : réuni avec le contact ${name} (#${number})`,
        merged: ({ by, number }: Values): string => `${by} a fusionné la conversation #${number} dans celle-ci`,
        taken_out: ({ by, number }: Values): string => `${by} a sorti cet e-mail de la conversation #${number}`,
        follows: ({ number }: Values): string => `Fait suite à la conversation #${number}, résolue depuis longtemps`,
        linked: ({ number }: Values): string => `Liée à la conversation #${number}`,
        linked_deleted: ({ number }: Values): string =>
            `Cet e-mail est arrivé à une adresse de réponse de la conversation #${number}, qui a été supprimée`,
        linked_retired: ({ number }: Values): string =>
            `Cet e-mail est arrivé à une adresse de réponse de la conversation #${number} qui n’est plus valable`,
        linked_stranger: ({ number }: Values): string =>
            `Cet e-mail répond à la conversation #${number}, mais son expéditeur n’y était pas`,
        deleted: (): string => "Ce message a été supprimé",
        taken_back: (): string => "Ce message a été repris",
        became_message: ({ name }: Values): string => `Cet e-mail est maintenant un message de ${name}`,
        moved_out: ({ number }: Values): string => `Cet e-mail est passé dans la conversation #${number}`,
        discarded: ({ by }: Values): string => `${by} a écarté cet e-mail`,
    } as Record<string, (values: Values) => string>,
};
