import type { teams as English } from "../teams";
import { plural } from "./plural";

export const teams: typeof English = {
    teams: {
        title: "Equipos",
        lead: "Agentes que atienden juntos las conversaciones. Una conversación puede tener un equipo y a una de sus personas.",
        add: "Añadir un equipo",
        edit: "Editar",
        remove: "Eliminar",
        removed: "Equipo eliminado. Sus conversaciones ya no tienen equipo.",
        saved: "Equipo guardado.",
        name: "Nombre",
        description: "De qué se ocupa",
        members: "Miembros",
        count: (count: number): string => plural(count, "miembro", "miembros"),
        yours: "Usted pertenece a él",
        save: "Guardar",
        cancel: "Cancelar",
        loading: "Cargando los equipos",
        none: "Aún no hay equipos",
        noneText: "Cree uno donde varias personas compartan el trabajo, como facturación o devoluciones.",
        noneAgent: "Un administrador puede crearlos.",
    },
};
