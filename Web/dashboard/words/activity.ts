/** What the system says in a thread, by the code that the API gives it (`ActivityLine`). A value that is not known is empty. */
export type Values = Partial<Record<"by" | "name" | "to" | "team" | "address" | "reason" | "number", string>>;

export const activity = {
    activity: {
        status_resolved: ({ by }: Values): string => `Conversation was marked resolved by ${by}`,
        status_open: ({ by }: Values): string => `Conversation was reopened by ${by}`,
        status_pending: ({ by }: Values): string => `Conversation was marked as pending by ${by}`,
        status_snoozed: ({ by }: Values): string => `Conversation was snoozed by ${by}`,
        snooze_over: (): string => "The snooze is over",
        resolved_after_silence: (): string => "Resolved by itself after a long silence",
        wrote_again: ({ name }: Values): string => `${name || "The visitor"} wrote again`,
        ended_by_visitor: ({ name }: Values): string => `Conversation was resolved by ${name || "the visitor"}`,
        reopened_by_mail: ({ name }: Values): string => `Reopened by an email from ${name || "the customer"}`,
        unassigned: ({ by }: Values): string => `Conversation unassigned by ${by}`,
        self_assigned: ({ by }: Values): string => `${by} self-assigned this conversation`,
        assigned: ({ by, to }: Values): string => `Assigned to ${to} by ${by}`,
        team_unassigned: ({ by, team }: Values): string => `Unassigned from ${team || "its team"} by ${by}`,
        muted_by_customer: (): string => "The customer wants no more mail of this conversation",
        muted: ({ by }: Values): string => `${by} has muted the mail of this conversation`,
        unmuted: ({ by }: Values): string => `${by} has turned the mail of this conversation on again`,
        mail_stopped: (): string => "Outgoing mail was stopped: too many automatic answers in ten minutes. Resume it when that is mended.",
        mail_resumed: (): string => "Outgoing mail was resumed",
        copy_failed: ({ address, reason }: Values): string => `The copy to ${address} was not delivered: ${reason}`,
        transcript: ({ address, by }: Values): string =>
            `${by ? `${by} had a transcript mailed` : "The visitor asked for a transcript"}: it goes to ${address}.`,
        chat_code: ({ address }: Values): string => `A code for the chat was mailed to ${address}`,
        chat_opened: ({ name }: Values): string => `${name || "The customer"} opened the conversation in chat from a link in an email`,
        chat_links_stopped: ({ by }: Values): string => `${by || "The customer"} stopped the chat links of this conversation`,
        other_address_typed: ({ address }: Values): string =>
            `The visitor typed another address, ${address}. Mail goes on to the contact’s own`,
        joined: ({ address, name, number }: Values): string =>
            `${address} is proven to be theirs: joined with the contact ${name} (#${number})`,
        merged: ({ by, number }: Values): string => `${by} merged conversation #${number} into this one`,
        taken_out: ({ by, number }: Values): string => `${by} took this mail out of conversation #${number}`,
        follows: ({ number }: Values): string => `Follows conversation #${number}, which was resolved long ago`,
        linked: ({ number }: Values): string => `Linked with conversation #${number}`,
        linked_deleted: ({ number }: Values): string => `This mail came to a reply address of conversation #${number}, which was deleted`,
        linked_retired: ({ number }: Values): string =>
            `This mail came to a reply address of conversation #${number} that is no longer valid`,
        linked_stranger: ({ number }: Values): string => `This mail answers conversation #${number}, but its sender was not in it`,
        deleted: (): string => "This message was deleted",
        taken_back: (): string => "This message was taken back",
        became_message: ({ name }: Values): string => `This mail is ${name}’s message now`,
        moved_out: ({ number }: Values): string => `This mail went into conversation #${number}`,
        discarded: ({ by }: Values): string => `${by} discarded this mail`,
    } as Record<string, (values: Values) => string>,
};
