import Conversations

/// The one short line under every agent message (screens §1). The list, the activity log and the API say the same.
public enum DeliveryLine {
    /// - Parameter changed: when the message was last written, which tells whether its mail is late; nil where that is not asked.
    public static func words(for state: DeliveryState, changed: Instant? = nil) -> String {
        let to = state.to.map { " to \($0)" } ?? ""
        switch state.name {
        case .seen: return "Seen in chat"
        case .waiting: return "Not seen yet, email in"
        case .queued: return "Email is leaving\(to)"
        case .emailed: return "Emailed\(to)\(state.reason.map { ". \($0)" } ?? "")"
        case .deferred:
            let late = changed.map(state.warns) ?? false ? "Not delivered for more than 4 hours" : "Not delivered yet"
            return "\(late): \(sentence(state.reason, "The mail server did not take it")) Trying again."
        case .uncertain:
            let next =
                state.until == nil
                ? "It is not sent again by itself." : "It is sent once more unless it comes back or is answered."
            return "Perhaps emailed\(to): the connection broke at the very end. \(next)"
        case .failed: return "Not delivered: \(state.reason ?? "the mail server refused it")"
        case .bounced: return "Not delivered: \(state.reason ?? "the mail came back")"
        case .answered: return "Answered by email"
        case .notSent: return "Not emailed: \(words(forReason: state.reason))"
        }
    }

    /// Why a message does not leave as mail, behind a colon.
    public static func words(forReason word: String?) -> String {
        switch word.flatMap(NotSentReason.init(rawValue:)) {
        case .noAddress: "no address"
        case .unreachable: "mail to this address comes back"
        case .muted: "the customer wants no mail of this conversation"
        case .blocked: "this contact is blocked"
        case .chatOnly: "chat only"
        case .continuityOff: "this inbox sends no mail"
        case .mailNotConfigured: "mail is not set up yet"
        case .unprovenLimit: "the address has not answered yet, three mails are enough"
        case .unproven: "automatic mail goes to proven addresses only"
        case .loopStopped: "too many automatic answers came back"
        case nil: word ?? "no reason given"
        }
    }

    private static func sentence(_ words: String?, _ standard: String) -> String {
        let words = words ?? standard
        return words.last.map { ".!?".contains($0) } ?? false ? words : "\(words)."
    }
}
