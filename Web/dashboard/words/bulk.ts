import { plural } from "./plural";

/** One change on many conversations. */
export const bulk = {
    bulk: {
        title: "Selected conversations",
        select: (name: string): string => `Select ${name}`,
        count: (count: number): string => `${count} selected`,
        most: (most: number): string => `At most ${most} conversations are changed at once.`,
        resolve: "Resolve",
        reopen: "Reopen",
        assign: "Assign",
        nobody: "Nobody",
        label: "Add a label",
        snooze: "Snooze",
        more: "More changes",
        team: "Give to a team",
        noTeam: "No team",
        pending: "Mark as pending",
        read: "Mark as read",
        unlabel: "Take a label off",
        all: "Select all that are loaded",
        clear: "Clear the selection",
        done: (count: number): string => `${plural(count, "conversation", "conversations")} changed.`,
        refused: (count: number, reason: string): string => `${plural(count, "conversation", "conversations")} could not be changed: ${reason}`,
    },
};
