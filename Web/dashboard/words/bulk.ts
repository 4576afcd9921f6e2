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
        clear: "Clear the selection",
        done: (count: number): string => `${plural(count, "conversation", "conversations")} changed.`,
        refused: (count: number, reason: string): string => `${plural(count, "conversation", "conversations")} could not be changed: ${reason}`,
    },
};
