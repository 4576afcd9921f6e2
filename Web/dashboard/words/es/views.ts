import type { views as English } from "../views";

export const views: typeof English = {
    views: {
        title: "Vistas",
        mine: "Vistas guardadas",
        kinds: { all: "Conversaciones", mention: "Menciones", unattended: "Sin atender", held: "Respuestas retenidas" },
        hints: {
            mention: "Una nota le llama por su nombre",
            unattended: "Espera una respuesta suya",
            held: "El correo de un desconocido le espera",
        },
        open: (name: string): string => `Mostrar ${name}`,
        save: "Guardar como vista…",
        saveTitle: "Guardar esta vista",
        saveText: "Estado, bandeja, equipo, etiquetas y orden tal como se muestran ahora. Solo usted la ve.",
        name: "Nombre",
        keep: "Guardar",
        cancel: "Cancelar",
        update: "Guardar estos cambios",
        saved: "Vista guardada.",
        rename: (name) => `Cambiar el nombre de «${name}»…`,
        renameTitle: "Cambiar el nombre de esta vista",
        renamed: "Nombre cambiado.",
        remove: (name: string): string => `Eliminar «${name}»`,
        removed: "Vista eliminada.",
    },
};
