import type { activity as English } from "../activity";
import type { Values } from "../activity";

export const activity: typeof English = {
    activity: {
        status_resolved: ({ by }: Values): string => `${by} hat die Unterhaltung erledigt`,
        status_open: ({ by }: Values): string => `${by} hat die Unterhaltung wieder geöffnet`,
        status_pending: ({ by }: Values): string => `${by} hat die Unterhaltung als wartend markiert`,
        status_snoozed: ({ by }: Values): string => `${by} hat die Unterhaltung zurückgestellt`,
        snooze_over: (): string => "Die Zurückstellung ist zu Ende",
        resolved_after_silence: (): string => "Nach langem Schweigen von selbst erledigt",
        wrote_again: ({ name }: Values): string => `${name || "Der Besucher"} hat wieder geschrieben`,
        ended_by_visitor: ({ name }: Values): string => `${name || "Der Besucher"} hat die Unterhaltung beendet`,
        reopened_by_mail: ({ name }: Values): string => `Wieder geöffnet durch eine Mail von ${name || "dem Kunden"}`,
        unassigned: ({ by }: Values): string => `${by} hat die Zuweisung aufgehoben`,
        self_assigned: ({ by }: Values): string => `${by} hat die Unterhaltung übernommen`,
        assigned: ({ by, to }: Values): string => `${by} hat die Unterhaltung ${to} zugewiesen`,
        team_unassigned: ({ by, team }: Values): string => `${by} hat die Unterhaltung von ${team || "ihrem Team"} weggenommen`,
        muted_by_customer: (): string => "Der Kunde will keine Mail dieser Unterhaltung mehr",
        muted: ({ by }: Values): string => `${by} hat die Mail dieser Unterhaltung stummgeschaltet`,
        unmuted: ({ by }: Values): string => `${by} hat die Mail dieser Unterhaltung wieder eingeschaltet`,
        mail_stopped: (): string =>
            "Ausgehende Mail wurde angehalten: zu viele automatische Antworten in zehn Minuten. Setzen Sie sie fort, wenn das behoben ist.",
        mail_resumed: (): string => "Ausgehende Mail geht wieder",
        copy_failed: ({ address, reason }: Values): string => `Die Kopie an ${address} wurde nicht zugestellt: ${reason}`,
        transcript: ({ address, by }: Values): string => `${by || "Der Besucher"} wollte ein Protokoll: es geht an ${address}`,
        chat_code: ({ address }: Values): string => `Ein Code für den Chat ging per E-Mail an ${address}`,
        chat_opened: ({ name }: Values): string =>
            `${name || "Der Kunde"} hat die Unterhaltung über einen Link in einer Mail im Chat geöffnet`,
        chat_links_stopped: ({ by }: Values): string => `${by || "Der Kunde"} hat die Chat-Links dieser Unterhaltung beendet`,
        other_address_typed: ({ address }: Values): string =>
            `Der Besucher hat eine andere Adresse eingegeben, ${address}. Mail geht weiter an die eigene des Kontakts`,
        joined: ({ address, name, number }: Values): string =>
            `${address} gehört nachweislich ihnen: mit dem Kontakt ${name} (#${number}) vereint`,
        merged: ({ by, number }: Values): string => `${by} hat Unterhaltung #${number} mit dieser vereint`,
        taken_out: ({ by, number }: Values): string => `${by} hat diese Mail aus Unterhaltung #${number} herausgenommen`,
        follows: ({ number }: Values): string => `Folgt auf Unterhaltung #${number}, die schon lange erledigt ist`,
        linked: ({ number }: Values): string => `Verbunden mit Unterhaltung #${number}`,
        linked_deleted: ({ number }: Values): string =>
            `Diese Mail kam an eine Antwortadresse von Unterhaltung #${number}, die gelöscht wurde`,
        linked_retired: ({ number }: Values): string =>
            `Diese Mail kam an eine Antwortadresse von Unterhaltung #${number}, die nicht mehr gilt`,
        linked_stranger: ({ number }: Values): string =>
            `Diese Mail antwortet auf Unterhaltung #${number}, aber ihr Absender war nicht darin`,
        deleted: (): string => "Diese Nachricht wurde gelöscht",
        taken_back: (): string => "Diese Nachricht wurde zurückgenommen",
        became_message: ({ name }: Values): string => `Diese Mail ist jetzt eine Nachricht von ${name}`,
        moved_out: ({ number }: Values): string => `Diese Mail kam in Unterhaltung #${number}`,
        discarded: ({ by }: Values): string => `${by} hat diese Mail verworfen`,
    } as Record<string, (values: Values) => string>,
};
