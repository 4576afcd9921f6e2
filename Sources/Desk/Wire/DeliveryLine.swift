import Conversations

/// The one short line under every agent message (screens §1). The list, the activity log and the API say the same.
public enum DeliveryLine {
    public static func words(for state: DeliveryState) -> String {
        let to = state.to.map { " to \($0)" } ?? ""
        switch state.name {
        case .seen: return "Seen in chat"
        case .waiting: return "Not seen yet, email in"
        case .queued: return "Email is leaving\(to)"
        case .emailed: return "Emailed\(to)"
        case .deferred: return "Not delivered yet: \(state.reason ?? "the mail server did not take it"). Trying again."
        case .uncertain: return "Perhaps emailed\(to): the connection broke at the very end. We wait for a bounce before trying again."
        case .failed: return "Not delivered: \(state.reason ?? "the mail server refused it")"
        case .bounced: return "Not delivered: \(state.reason ?? "the mail came back")"
        case .answered: return "Answered by email"
        case .notSent: return "Not emailed: \(reason(state.reason))"
        }
    }

    private static func reason(_ word: String?) -> String {
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
}
