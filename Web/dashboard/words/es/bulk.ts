import type { bulk as English } from "../bulk";
import { plural } from "./plural";

export const bulk: typeof English = {
    bulk: {
        title: "Conversaciones seleccionadas",
        select: (name: string): string => `Seleccionar ${name}`,
        count: (count: number): string => plural(count, "seleccionada", "seleccionadas"),
        most: (most: number): string => `Como mucho se cambian ${most} conversaciones a la vez.`,
        resolve: "Resolver",
        reopen: "Reabrir",
        assign: "Asignar",
        nobody: "Nadie",
        label: "Añadir una etiqueta",
        snooze: "Posponer",
        more: "Más cambios",
        team: "Dar a un equipo",
        noTeam: "Sin equipo",
        pending: "Marcar como pendiente",
        read: "Marcar como leído",
        unlabel: "Quitar una etiqueta",
        all: "Seleccionar todas las cargadas",
        clear: "Quitar la selección",
        done: (count: number): string => `${plural(count, "conversación cambiada", "conversaciones cambiadas")}.`,
        refused: (count: number, reason: string): string =>
            `${plural(count, "conversación no se pudo cambiar", "conversaciones no se pudieron cambiar")}: ${reason}`,
    },
};
