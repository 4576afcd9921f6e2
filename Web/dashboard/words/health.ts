/** The health page. What each item says comes from the server. */
export const health = {
    health: {
        title: "Health",
        lead: "How this installation and its mail stand, and what to do where something does not stand well.",
        loading: "Looking at everything",
        states: { good: "Good", attention: "Look at it", bad: "Mend this", off: "Not in use" },
        overall: {
            good: "Everything is well.",
            attention: "It works, and something wants a look.",
            bad: "Something has to be mended.",
            off: "Everything is well.",
        },
        toMend: "To look at",
        well: "All is well here",
        names: {
            relay: "Mail server", inbox_relay: "Mail server of an inbox", mailbox: "Mailbox", continuity_check: "Continuity check",
            waiting_mail: "Mail on its way out", queues: "Queues", held: "Held mail", quarantined: "Quarantined mail", failed: "Failed mail",
            bounces: "Returned mail", loops: "Loops", disk: "Disk", certificate: "Certificate",
        } as Record<string, string>,
        places: {
            mail: "Open the mail desk", inbox: "Open its email page", conversation: "Open the conversation",
        },
        facts: "Facts",
        lastIn: "Last mail in",
        lastOut: "Last mail out",
        never: "none yet",
        version: "Version",
        checked: "Looked at",
        queues: {
            title: "Queues",
            name: "Queue",
            jobs: "Waiting",
            late: "Late by",
            onTime: "on time",
            names: {
                inbound_mail: "Mail that came in", continuity: "When mail leaves", outbox: "Mail that leaves", auto_resolve: "Resolving after silence",
                notification: "Telling agents by mail", continuity_check: "Continuity checks", nightly_check: "Nightly checks",
            } as Record<string, string>,
        },
        again: "Look again",
        onlyAdministrators: "Only administrators see this page",
        onlyAdministratorsText: "Ask one of them where something about mail seems wrong.",
    },
};
