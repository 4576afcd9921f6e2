/** Where an agent writes. */
export const composer = {
    composer: {
        reply: "Reply",
        note: "Private note",
        placeholderChat: "Write a reply…",
        placeholderEmail: "Write an email reply…",
        placeholderNote: "Write a note for your team…",
        attach: "Attach files",
        emoji: "Emoji",
        drop: "Drop files to attach them",
        removeFile: (name: string): string => `Remove ${name}`,
        send: "Send",
        addNote: "Add note",
        sendAndResolve: "Send and resolve",
        sendAndSnooze: "Send and snooze",
        emailLeaves: "Your email leaves in a moment.",
        sendMore: "More ways to send",
        mentions: "Colleagues to mention",
        noteSentence: "Only your team sees this.",
        choice: {
            label: "How this reaches the customer",
            auto: "Automatic",
            chat_only: "Chat only",
            email_now: "Email now",
            autoHint: "Chat now, email if it is not seen",
            autoEmailHint: "Answers the customer’s email",
            chatHint: "Never leaves as email",
            emailHint: (address: string | null): string => (address === null ? "Needs an address first" : `To ${address}, without waiting`),
        },
        recipients: {
            label: "Who gets this email",
            add: "Add Cc",
            remove: (address: string): string => `Take ${address} out of Cc`,
            placeholder: "name@example.com",
            wrong: "That is no email address. It looks like name@example.com.",
            most: "At most 10 people get a copy.",
        },
        chatOnlySentence: "Shows in chat only; it will not be emailed.",
        emailNowSentence: (address: string | null, chat: boolean): string => `Emailed at once${address === null ? "" : ` to ${address}`}${chat ? ", and shown in chat" : ""}.`,
        /** What happens with the next answer. `hindrance`: why it cannot leave as email; `chat`: false for an inbox without a website. */
        sentence: (mode: string, address: string | null, hindrance: string | null, chat: boolean): string => {
            if (hindrance === null) return mode === "email" ? `Leaves as email to ${address ?? "the customer"}${chat ? ", and shows in chat" : ""}.`
                : `Shows in chat now; emailed to ${address ?? "the customer"} if not seen.`;
            if (hindrance === "blocked") return "Goes nowhere: this contact is blocked.";
            const reasons: Record<string, string> = {
                no_address: "no address is known",
                unreachable: `mail to ${address ?? "the address"} comes back`,
                muted: "the customer wants no mail of this conversation",
                continuity_off: "this inbox sends no mail",
                mail_not_configured: "mail is not set up yet",
                unproven_limit: `${address ?? "the address"} has not answered the last three mails`,
                loop_stopped: "too many automatic answers came back",
            };
            return `${chat ? "Shows in chat only" : "Goes nowhere"}${reasons[hindrance] === undefined ? "" : `: ${reasons[hindrance]}`}.`;
        },
        noSentence: "Shows in chat now.",
        hintEnter: "Enter sends",
        hintModifier: (key: string): string => `${key} + Enter sends`,
        tooLarge: (name: string): string => `${name} is larger than 25 MB. Share it as a link instead.`,
        tooMany: "At most 10 files go with one message.",
        unnamedFile: "file",
        interrupted: "The page was closed before this was sent.",
        arrived: (names: string): string => `${names} wrote while you did.`,
        arrivedText: "Your reply has not been sent. Read this, change it if you like, and send again.",
        sendAnyway: "Send anyway",
        replying: (name: string): string => `${name} is replying…`,
        typing: (name: string): string => `${name} is typing…`,
        noteTyping: (name: string): string => `${name} is writing a note…`,
    },
};
