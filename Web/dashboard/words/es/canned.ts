import type { canned as English } from "../canned";

export const canned: typeof English = {
    canned: {
        title: "Respuestas preparadas",
        lead: "Respuestas que su equipo tiene listas. Escriba / y la palabra corta donde redacta.",
        add: "Añadir una respuesta preparada",
        edit: "Editar",
        remove: "Borrar",
        removed: "Respuesta preparada borrada.",
        saved: "Respuesta preparada guardada.",
        shortCode: "Palabra corta",
        shortCodeHint: "Lo que escribe después de /, sin espacios.",
        content: "Respuesta",
        contentHint: (names: string): string => `Esto se rellena donde redacta: ${names}`,
        save: "Guardar",
        cancel: "Cancelar",
        loading: "Cargando respuestas preparadas",
        none: "Aún no hay nada preparado",
        noneText: "Escriba una vez lo que responde cada día, y desde entonces estará a dos teclas.",
    },
};
