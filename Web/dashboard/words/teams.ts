import { plural } from "./plural";

/** Teams and who belongs to them. */
export const teams = {
    teams: {
        title: "Teams",
        lead: "Agents who look after conversations together. A conversation can have a team and one of its people.",
        add: "Add a team",
        edit: "Edit",
        remove: "Delete",
        removed: "Team deleted. Its conversations have no team now.",
        saved: "Team saved.",
        name: "Name",
        description: "What it looks after",
        members: "Members",
        count: (count: number): string => plural(count, "member", "members"),
        yours: "You belong to it",
        save: "Save",
        cancel: "Cancel",
        loading: "Loading teams",
        none: "No teams yet",
        noneText: "Make one where several people share the work, such as billing or returns.",
        noneAgent: "An administrator can make them.",
    },
};
