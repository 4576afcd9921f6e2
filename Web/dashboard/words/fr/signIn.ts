import type { signIn as English } from "../signIn";

export const signIn: typeof English = {
    setup: {
        title: "Créer le premier administrateur",
        lead: "Ce lien sert une fois. Ensuite, vous réglez votre première boîte de réception.",
        company: "Équipe ou entreprise",
        companyHint: "Votre première boîte de réception prend ce nom, que les clients voient.",
        name: "Votre nom",
        nameHint: "Les clients voient qui leur répond.",
        email: "Votre adresse e-mail",
        emailHint: "Elle sert à vous connecter. Une adresse comme support@… vient plus tard.",
        password: "Mot de passe",
        passwordHint: "Au moins 8 caractères. Trois ou quatre mots sont bons et faciles à retenir.",
        submit: "Créer le compte",
        working: "Création du compte…",
        noCompany: "Saisissez le nom de votre équipe ou de votre entreprise.",
        noName: "Saisissez votre nom.",
        badEmail: "Saisissez votre adresse, par exemple nom@example.com.",
        shortPassword: "Ce mot de passe est trop court : 8 caractères au moins.",
    },
    signIn: {
        title: "Se connecter à votre bureau",
        email: "E-mail",
        password: "Mot de passe",
        submit: "Se connecter",
        working: "Connexion…",
        demo: "Ceci est la démo. Le formulaire est déjà rempli.",
        lead: "Le chat et l’e-mail sont une seule conversation.",
        wrong: "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.",
        show: "Afficher le mot de passe",
        hide: "Masquer le mot de passe",
    },
};
