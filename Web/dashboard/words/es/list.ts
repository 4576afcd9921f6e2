import type { list as English } from "../list";
import { plural } from "./plural";

export const list: typeof English = {
    list: {
        title: "Conversaciones",
        search: "Buscar en los mensajes",
        clear: "Borrar la búsqueda",
        tabs: { me: "Mías", unassigned: "Libres", all: "Todas" },
        filter: "Filtrar y ordenar",
        status: "Estado",
        sort: "Orden",
        inbox: "Bandeja de entrada",
        everyInbox: "Todas las bandejas",
        team: "Equipo",
        everyTeam: "Todos los equipos",
        label: "Etiqueta",
        everyLabel: "Todas las etiquetas",
        statuses: { open: "Abiertas", pending: "Pendientes", snoozed: "Pospuestas", resolved: "Resueltas", all: "Todas" },
        sorts: {
            last_activity_at_desc: "Actividad más reciente",
            created_at_desc: "Más nuevas primero",
            waiting_since_asc: "Más tiempo esperando",
            priority_desc: "Prioridad",
        },
        draft: "Borrador",
        you: "Usted",
        note: "Nota",
        attachment: "Archivo adjunto",
        nothingSaid: "Aún no hay mensajes",
        typing: "escribiendo…",
        typingAgent: (name: string): string => `${name} está respondiendo…`,
        looking: (name: string): string => `${name} está mirando esto`,
        pills: { noEmail: "Sin correo", notDelivered: "No entregado", held: "Respuesta retenida" },
        unread: (count: number): string => plural(count, "mensaje sin leer", "mensajes sin leer"),
        moved: "Actividad nueva",
        emptyTitle: { me: "No tiene nada asignado", unassigned: "Todo tiene responsable", all: "No hay conversaciones aquí" },
        emptyText: {
            me: "Tome una de las libres, o disfrute de la calma.",
            unassigned: "Las conversaciones nuevas aparecen aquí en cuanto llegan.",
            all: "Las conversaciones nuevas aparecen aquí en cuanto llegan.",
        },
        emptySearch: (text: string): string => `Nada encontrado para «${text}»`,
        emptySearchText: "Tienen que estar todas las palabras. Pruebe con menos, o con el comienzo de una.",
        loading: "Cargando conversaciones",
    },
    channel: { chat: "Chat", email: "Correo" },
    unknownContact: "Visitante",
    presence: {
        looking: "Mirando ahora",
        open: "Página abierta, chat cerrado",
        gone: "No está",
        words: (presence: "looking" | "open" | "gone", left: string | null, emailed: boolean): string => {
            if (presence === "looking") return "Mirando el chat ahora";
            if (presence === "open") return "Tiene la página abierta";
            const away = left === null ? "No está en la página" : `Se fue ${left}`;
            return emailed ? `${away}, las respuestas van por correo` : away;
        },
        onPage: (page) => `Ahora en ${page}`,
        emailMode: "Escribe por correo",
    },
    mailStopped: {
        text: (waiting: number): string =>
            `Ahora no sale ningún correo${waiting > 0 ? `; ${plural(waiting, "correo espera", "correos esperan")}` : ""}.`,
        next: (at: string): string => `Se vuelve a intentar a las ${at}.`,
        now: "Intentar ahora",
    },
};
