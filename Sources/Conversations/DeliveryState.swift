/// Where an agent's message is: always exactly one, always with its reason (behaviour §3, "Never silently").
public struct DeliveryState: Sendable, Hashable {
    public enum Name: String, Sendable, Codable, CaseIterable {
        case seen, waiting, queued, emailed, deferred, uncertain, failed, bounced, answered
        case notSent = "not_sent"
    }

    public var name: Name
    /// `waiting`: when the mail leaves unless seen before; `deferred`: the next try.
    public var until: Instant?
    /// When it came to this state.
    public var at: Instant?
    /// The address that it went or goes to.
    public var to: String?
    /// A word of `NotSentReason`, or the mail server's own words.
    public var reason: String?

    public init(_ name: Name, until: Instant? = nil, at: Instant? = nil, to: String? = nil, reason: String? = nil) {
        self.name = name
        self.until = until
        self.at = at
        self.to = to
        self.reason = reason
    }
}

/// Why a message does not leave as mail.
public enum NotSentReason: String, Sendable, Codable, CaseIterable {
    case noAddress = "no_address"
    case unreachable
    case muted
    case blocked
    case chatOnly = "chat_only"
    case continuityOff = "continuity_off"
    case mailNotConfigured = "mail_not_configured"
    /// The address is unproven and has had its three mails.
    case unprovenLimit = "unproven_limit"
    /// An automatic mail, and the address is not proven.
    case unproven
    /// Too many automatic mails came back; an agent resumes.
    case loopStopped = "loop_stopped"
}
