import type { agents as English } from "../agents";

export const agents: typeof English = {
    agents: {
        title: "Agentes",
        lead: "Las personas que responden. Los administradores cambian además los ajustes y se ocupan de los agentes.",
        add: "Añadir un agente",
        edit: "Editar",
        remove: "Quitar",
        name: "Nombre",
        nameHint: "Los clientes lo ven.",
        email: "Dirección de correo",
        emailHint: "Con ella se inicia sesión.",
        password: "Primera contraseña",
        passwordHint: "Comuníquela donde nadie más la lea.",
        role: "Rol",
        roles: { agent: "Agente", administrator: "Administrador" },
        you: "Usted",
        save: "Guardar",
        cancel: "Cancelar",
        saved: "Agente guardado.",
        loading: "Cargando agentes",
        removeTitle: (name: string): string => `¿Quitar a ${name}?`,
        removeText: "La sesión de esta persona se cierra enseguida en todas partes. Sus conversaciones quedan sin asignar; lo que escribió permanece, con su nombre.",
        removeNow: "Quitar",
        removed: (name: string): string => `Se quitó a ${name}.`,
    },
};
