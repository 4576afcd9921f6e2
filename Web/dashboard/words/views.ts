/** Saved views and the kinds of conversations that they begin with. */
export const views = {
    views: {
        title: "Views",
        mine: "Saved views",
        kinds: { all: "Conversations", mention: "Mentions", unattended: "Unattended", held: "Held replies" },
        hints: {
            mention: "A note calls you by name",
            unattended: "Waiting for an answer of yours",
            held: "A stranger’s mail waits for you",
        },
        open: (name: string): string => `Show ${name.toLowerCase()}`,
        save: "Save as a view…",
        saveTitle: "Save this view",
        saveText: "Status, inbox, team, labels and order as they are shown now. Only you see it.",
        name: "Name",
        keep: "Save",
        cancel: "Cancel",
        update: "Save these changes",
        saved: "View saved.",
        rename: (name: string): string => `Rename “${name}”…`,
        renameTitle: "Rename this view",
        renamed: "View renamed.",
        remove: (name: string): string => `Delete “${name}”`,
        removed: "View deleted.",
    },
};
