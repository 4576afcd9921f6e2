import Conversations

/// What the system says in a thread. The sentence is English, as every client of the API gets it; who reads in another language is told by the
/// code and the values beside it (`content_attributes.activity`). A name that is not known is an empty value.
public struct ActivityLine: Sendable {
    public let code: String
    public let words: String
    public let values: [(String, String)]

    private init(_ code: String, _ words: String, _ values: KeyValuePairs<String, String> = [:]) {
        self.code = code
        self.words = words
        self.values = values.map { ($0.key, $0.value) }
    }

    /// The code and its values, as they stand in the message's `content_attributes`.
    var told: JSON { .object([("code", .string(code)), ("values", .object(values.map { ($0.0, .string($0.1)) }))]) }

    // MARK: Status; the words of an agent's changes are Chatwoot's.

    static func status(_ status: Conversation.Status, by agent: String) -> ActivityLine {
        let words =
            switch status {
            case .resolved: "Conversation was marked resolved by \(agent)"
            case .open: "Conversation was reopened by \(agent)"
            case .pending: "Conversation was marked as pending by \(agent)"
            case .snoozed: "Conversation was snoozed by \(agent)"
            }
        return ActivityLine("status_\(status.rawValue)", words, ["by": agent])
    }

    static let snoozeOver = ActivityLine("snooze_over", "The snooze is over")
    static let resolvedAfterSilence = ActivityLine("resolved_after_silence", "Resolved by itself after a long silence")

    static func wroteAgain(_ name: String) -> ActivityLine {
        ActivityLine("wrote_again", "\(name.isEmpty ? "The visitor" : name) wrote again", ["name": name])
    }

    static func endedByVisitor(_ name: String) -> ActivityLine {
        ActivityLine("ended_by_visitor", "Conversation was resolved by \(name.isEmpty ? "the visitor" : name)", ["name": name])
    }

    static func reopenedByMail(from name: String) -> ActivityLine {
        ActivityLine("reopened_by_mail", "Reopened by an email from \(name)", ["name": name])
    }

    // MARK: Who looks after it

    static func unassigned(by agent: String) -> ActivityLine {
        ActivityLine("unassigned", "Conversation unassigned by \(agent)", ["by": agent])
    }

    static func selfAssigned(by agent: String) -> ActivityLine {
        ActivityLine("self_assigned", "\(agent) self-assigned this conversation", ["by": agent])
    }

    /// To a colleague or to a team.
    static func assigned(to name: String, by agent: String) -> ActivityLine {
        ActivityLine("assigned", "Assigned to \(name) by \(agent)", ["to": name, "by": agent])
    }

    static func teamUnassigned(_ team: String?, by agent: String) -> ActivityLine {
        ActivityLine("team_unassigned", "Unassigned from \(team ?? "its team") by \(agent)", ["team": team ?? "", "by": agent])
    }

    // MARK: Mail that does not leave, and mail that left by itself

    static let mutedByCustomer = ActivityLine("muted_by_customer", "The customer wants no more mail of this conversation")

    static func muted(_ muted: Bool, by agent: String) -> ActivityLine {
        muted
            ? ActivityLine("muted", "\(agent) has muted the mail of this conversation", ["by": agent])
            : ActivityLine("unmuted", "\(agent) has turned the mail of this conversation on again", ["by": agent])
    }

    static let mailStopped = ActivityLine(
        "mail_stopped", "Outgoing mail was stopped: too many automatic answers in ten minutes. Resume it when that is mended.")
    static let mailResumed = ActivityLine("mail_resumed", "Outgoing mail was resumed")

    static func copyFailed(to address: String, _ reason: String) -> ActivityLine {
        ActivityLine("copy_failed", "The copy to \(address) was not delivered: \(reason)", ["address": address, "reason": reason])
    }

    /// - Parameter agent: nil where the visitor asked for it.
    static func transcript(to address: String, by agent: String?) -> ActivityLine {
        ActivityLine(
            "transcript",
            "\(agent.map { "\($0) had a transcript mailed" } ?? "The visitor asked for a transcript"): it goes to \(address).",
            ["address": address, "by": agent ?? ""])
    }

    static func chatCode(to address: String) -> ActivityLine {
        ActivityLine("chat_code", "A code for the chat was mailed to \(address).", ["address": address])
    }

    // MARK: Links into the chat, and who the customer is

    static func chatOpened(by name: String?) -> ActivityLine {
        ActivityLine(
            "chat_opened", "\(name ?? "The customer") opened the conversation in chat from a link in an email", ["name": name ?? ""])
    }

    /// - Parameter agent: nil where the customer did.
    static func chatLinksStopped(by agent: String?) -> ActivityLine {
        ActivityLine("chat_links_stopped", "\(agent ?? "The customer") stopped the chat links of this conversation", ["by": agent ?? ""])
    }

    static func otherAddressTyped(_ address: String) -> ActivityLine {
        ActivityLine(
            "other_address_typed", "The visitor typed another address, \(address). Mail goes on to the contact's own", ["address": address])
    }

    static func joined(_ address: String, with name: String, number: Int64) -> ActivityLine {
        ActivityLine(
            "joined", "\(address) is proven to be theirs: joined with the contact \(name) (#\(number))",
            ["address": address, "name": name, "number": String(number)])
    }

    // MARK: Other conversations

    static func merged(_ number: Int64, by agent: String) -> ActivityLine {
        ActivityLine("merged", "\(agent) merged conversation #\(number) into this one", ["by": agent, "number": String(number)])
    }

    static func takenOut(of number: Int64, by agent: String) -> ActivityLine {
        ActivityLine("taken_out", "\(agent) took this mail out of conversation #\(number)", ["by": agent, "number": String(number)])
    }

    static func follows(_ number: Int64) -> ActivityLine {
        ActivityLine("follows", "Follows conversation #\(number), which was resolved long ago", ["number": String(number)])
    }

    static func linked(with number: Int64) -> ActivityLine {
        ActivityLine("linked", "Linked with conversation #\(number).", ["number": String(number)])
    }

    static func linkedDeleted(_ number: Int64) -> ActivityLine {
        ActivityLine(
            "linked_deleted", "This mail came to a reply address of conversation #\(number), which was deleted", ["number": String(number)])
    }

    static func linkedRetired(_ number: Int64) -> ActivityLine {
        ActivityLine(
            "linked_retired", "This mail came to a reply address of conversation #\(number) that is no longer valid.",
            ["number": String(number)])
    }

    static func linkedStranger(_ number: Int64) -> ActivityLine {
        ActivityLine(
            "linked_stranger", "This mail answers conversation #\(number), but its sender was not in it.", ["number": String(number)])
    }

    // MARK: In the place of a message that went

    static let deleted = ActivityLine("deleted", "This message was deleted")
    static let takenBack = ActivityLine("taken_back", "This message was taken back")

    static func becameMessage(of agent: String) -> ActivityLine {
        ActivityLine("became_message", "This mail is \(agent)’s message now", ["name": agent])
    }

    static func movedOut(to number: Int64) -> ActivityLine {
        ActivityLine("moved_out", "This mail went into conversation #\(number)", ["number": String(number)])
    }

    static func discarded(by agent: String) -> ActivityLine {
        ActivityLine("discarded", "\(agent) discarded this mail", ["by": agent])
    }
}
