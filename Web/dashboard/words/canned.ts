/** Answers that a team keeps ready. */
export const canned = {
    canned: {
        title: "Canned responses",
        lead: "Answers that your team keeps ready. Type / and the short word where you write.",
        add: "Add a canned response",
        edit: "Edit",
        remove: "Delete",
        removed: "Canned response deleted.",
        saved: "Canned response saved.",
        shortCode: "Short word",
        shortCodeHint: "What you type after /, without spaces.",
        content: "Answer",
        contentHint: (names: string): string => `These are filled in where you write: ${names}`,
        save: "Save",
        cancel: "Cancel",
        loading: "Loading canned responses",
        none: "Nothing kept ready yet",
        noneText: "Write down what you answer every day once, and it is two keys away from then on.",
    },
};
