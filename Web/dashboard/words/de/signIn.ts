import type { signIn as English } from "../signIn";

export const signIn: typeof English = {
    setup: {
        title: "Ersten Administrator anlegen",
        lead: "Dieser Link gilt einmal. Danach richten Sie Ihren ersten Posteingang ein.",
        company: "Team oder Firma",
        companyHint: "Ihr erster Posteingang bekommt diesen Namen, den Kunden sehen.",
        name: "Ihr Name",
        nameHint: "Kunden sehen, wer ihnen antwortet.",
        email: "Ihre E-Mail-Adresse",
        emailHint: "Damit melden Sie sich an. Eine Adresse wie support@… kommt später.",
        password: "Passwort",
        passwordHint: "Mindestens 8 Zeichen. Drei oder vier Wörter sind gut und leicht zu merken.",
        submit: "Konto anlegen",
        working: "Konto wird angelegt…",
        noCompany: "Geben Sie den Namen Ihres Teams oder Ihrer Firma ein.",
        noName: "Geben Sie Ihren Namen ein.",
        badEmail: "Geben Sie Ihre Adresse ein, etwa name@example.com.",
        shortPassword: "Dieses Passwort ist zu kurz: mindestens 8 Zeichen.",
    },
    signIn: {
        title: "An Ihrem Arbeitsplatz anmelden",
        email: "E-Mail",
        password: "Passwort",
        submit: "Anmelden",
        working: "Anmeldung läuft…",
        demo: "Das ist die Demo. Das Formular ist schon ausgefüllt.",
        lead: "Chat und E-Mail sind eine Unterhaltung.",
        wrong: "Diese Adresse und dieses Passwort gehören nicht zusammen. Prüfen Sie beides und versuchen Sie es noch einmal.",
        show: "Passwort zeigen",
        hide: "Passwort verbergen",
    },
};
