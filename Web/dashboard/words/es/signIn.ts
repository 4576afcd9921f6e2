import type { signIn as English } from "../signIn";

export const signIn: typeof English = {
    setup: {
        title: "Crear el primer administrador",
        lead: "Este enlace sirve una vez. Después se configura su primera bandeja de entrada.",
        company: "Equipo o empresa",
        companyHint: "Su primera bandeja toma este nombre, que ven los clientes.",
        name: "Su nombre",
        nameHint: "Los clientes ven quién les responde.",
        email: "Su correo",
        emailHint: "Con él entra usted. Una dirección como support@… viene después.",
        password: "Contraseña",
        passwordHint: "Al menos 8 caracteres. Tres o cuatro palabras son buenas y fáciles de recordar.",
        submit: "Crear la cuenta",
        working: "Creando la cuenta…",
        noCompany: "Escriba el nombre de su equipo o empresa.",
        noName: "Escriba su nombre.",
        badEmail: "Escriba su dirección, como nombre@example.com.",
        shortPassword: "Esta contraseña es demasiado corta: 8 caracteres como mínimo.",
    },
    signIn: {
        title: "Entrar en su mesa",
        email: "Correo",
        password: "Contraseña",
        submit: "Entrar",
        working: "Entrando…",
        demo: "Esta es la demostración. El formulario ya está relleno.",
        lead: "El chat y el correo son una sola conversación.",
        wrong: "Este correo y esta contraseña no van juntos. Compruebe los dos y vuelva a intentarlo.",
        show: "Mostrar la contraseña",
        hide: "Ocultar la contraseña",
    },
};
