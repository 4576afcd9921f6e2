import type { general as English } from "../general";
import { localeOf } from "../language";
import { numberIn } from "../plural";

const number = numberIn("es");

export const general: typeof English = {
    product: "Throughline",
    locale: localeOf("es"),
    errors: {
        unreachable: "No se puede alcanzar el servidor. Compruebe su conexión y vuelva a intentarlo.",
        slow: "El servidor tardó demasiado en responder. Vuelva a intentarlo en un momento.",
        unexpected: "Algo salió mal en esta página. Vuelva a intentarlo; si sigue así, recargue la página.",
        status: (status: number): string => {
            if (status === 401) return "Ha salido de su sesión. Entre de nuevo para continuar.";
            if (status === 403) return "No tiene permiso para esto. Un administrador sí puede.";
            if (status === 404) return "Esto ya no está, o usted no puede verlo.";
            if (status === 413) return "Es más grande de lo que acepta el servidor. Envíe archivos más pequeños.";
            if (status === 429) return "Ha sido demasiado a la vez. Espere un minuto y vuelva a intentarlo.";
            if (status >= 500) return "El servidor tuvo un problema. No se perdió nada; vuelva a intentarlo en un momento.";
            return `El servidor lo ha rechazado (${status}). Compruebe lo que ha escrito.`;
        },
        retry: "Reintentar",
        reload: "Recargar la página",
        crashed: "Esta página tuvo un problema",
    },
    rail: {
        label: "Principal",
        conversations: "Conversaciones",
        contacts: "Contactos",
        mail: "Mesa de correo",
        mailWaiting: (count: number): string => `Mesa de correo, ${count} por decidir`,
        reports: "Informes",
        settings: "Ajustes",
        help: "Atajos de teclado",
        account: "Su cuenta",
        skip: "Ir a la conversación",
    },
    availability: { online: "En línea", busy: "Ocupado", offline: "Desconectado" },
    theme: { label: "Aspecto", system: "Como el sistema", light: "Claro", dark: "Oscuro" },
    language: { label: "Idioma", browser: "Como el navegador" },
    signOut: "Salir",
    live: { late: "Conexión perdida. Los mensajes nuevos llegan en cuanto vuelva." },
    panes: { list: "Ancho de la lista", details: "Ancho de los detalles" },
    close: "Cerrar",
    time: {
        now: "ahora",
        seconds: (count: number): string => `${count} s`,
        minutes: (count: number): string => `${count} min`,
        hours: (count: number): string => `${number(count)} h`,
        days: (count: number): string => `${number(count)} d`,
        ago: (text: string): string => `hace ${text}`,
        justNow: "ahora mismo",
    },
    keys: {
        title: "Atajos de teclado",
        close: "Cerrar",
        groups: { everywhere: "En todas partes", list: "Lista", conversation: "Conversación" },
        bar: "Barra de órdenes",
        barPlaceholder: "Escriba una orden o un nombre…",
        barEmpty: "Nada encaja. Pruebe otra palabra.",
        barCommands: "Órdenes",
        barConversations: "Conversaciones",
        help: "Esta ayuda",
        next: "Conversación siguiente",
        previous: "Conversación anterior",
        select: "Seleccionar para un cambio en común",
        nextMail: "Correo siguiente de la mesa",
        previousMail: "Correo anterior de la mesa",
        reply: "Responder",
        note: "Nota privada",
        assign: "Asignar",
        assignMe: "Asignármela",
        label: "Etiqueta",
        snooze: "Posponer",
        resolve: "Resolver",
        reopen: "Reabrir",
        search: "Buscar",
        close_: "Cerrar o volver",
        send: "Enviar (en el chat: Intro)",
        toContacts: "Ir a los contactos",
        toInboxes: "Ir a las bandejas de entrada",
        toMail: "Ir a la mesa de correo",
        toList: "Ir a las conversaciones",
        toggleDetails: "Mostrar u ocultar los detalles",
        toggleTheme: "Cambiar entre claro y oscuro",
    },
};
