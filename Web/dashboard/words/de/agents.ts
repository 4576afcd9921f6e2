import type { agents as English } from "../agents";

export const agents: typeof English = {
    agents: {
        title: "Agenten",
        lead: "Die Menschen, die antworten. Administratoren ändern auch Einstellungen und kümmern sich um die Agenten.",
        add: "Agenten hinzufügen",
        edit: "Bearbeiten:",
        remove: "Entfernen:",
        name: "Name",
        nameHint: "Kunden sehen ihn.",
        email: "E-Mail-Adresse",
        emailHint: "Damit meldet sich die Person an.",
        password: "Erstes Passwort",
        passwordHint: "Teilen Sie es dort mit, wo niemand sonst mitliest.",
        role: "Rolle",
        roles: { agent: "Agent", administrator: "Administrator" },
        you: "Sie",
        save: "Speichern",
        cancel: "Abbrechen",
        saved: "Agent gespeichert.",
        loading: "Agenten werden geladen",
        removeTitle: (name: string): string => `${name} entfernen?`,
        removeText: "Die Person wird sofort überall abgemeldet. Ihre Unterhaltungen gehören dann niemandem; was sie geschrieben hat, bleibt mit ihrem Namen.",
        removeNow: "Entfernen",
        removed: (name: string): string => `${name} wurde entfernt.`,
    },
};
