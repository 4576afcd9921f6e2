import type { health as English } from "../health";

export const health: typeof English = {
    health: {
        title: "Zustand",
        lead: "Wie es um diese Installation und ihre Mail steht, und was zu tun ist, wo etwas nicht gut steht.",
        loading: "Alles wird angesehen",
        states: { good: "Gut", attention: "Ansehen", bad: "Beheben", off: "Nicht benutzt" },
        overall: {
            good: "Alles steht gut.",
            attention: "Es läuft, und etwas will angesehen werden.",
            bad: "Etwas muss behoben werden.",
            off: "Alles steht gut.",
        },
        toMend: "Anzusehen",
        well: "Hier steht alles gut",
        names: {
            relay: "Mailserver", inbox_relay: "Mailserver eines Posteingangs", mailbox: "Postfach", continuity_check: "Rundlaufprüfung",
            waiting_mail: "Mail auf dem Weg hinaus", queues: "Warteschlangen", held: "Zurückgehaltene Mail", quarantined: "Mail in Quarantäne",
            failed: "Gescheiterte Mail", bounces: "Rückläufer", loops: "Schleifen", disk: "Speicherplatz", certificate: "Zertifikat",
        },
        places: { mail: "Posttisch öffnen", inbox: "Seine E-Mail-Seite öffnen", conversation: "Unterhaltung öffnen" },
        facts: "Tatsachen",
        lastIn: "Letzte Mail herein",
        lastOut: "Letzte Mail hinaus",
        never: "noch keine",
        version: "Version",
        checked: "Angesehen",
        queues: {
            title: "Warteschlangen",
            name: "Warteschlange",
            jobs: "Wartend",
            late: "Verspätung",
            onTime: "pünktlich",
            names: {
                inbound_mail: "Angekommene Mail", continuity: "Wann Mail hinausgeht", outbox: "Mail hinaus", auto_resolve: "Erledigen nach Schweigen",
                notification: "Mail an Mitarbeiter", continuity_check: "Rundlaufprüfungen", nightly_check: "Nächtliche Prüfungen",
            },
        },
        again: "Noch einmal ansehen",
        onlyAdministrators: "Diese Seite sehen nur Administratoren",
        onlyAdministratorsText: "Wenden Sie sich an jemanden von ihnen, wenn an der Mail etwas nicht zu stimmen scheint.",
    },
};
