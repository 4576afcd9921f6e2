/// What kind of mail came in (behaviour §5.3). Only `human` reopens a conversation, changes waiting times or causes mail.
public enum MailKind: String, Sendable, Codable, CaseIterable {
    case human
    case autoReply = "auto_reply"
    case bounce, list, loop
}

/// A kind with its reason as a sentence.
public struct KindVerdict: Sendable, Hashable {
    public var kind: MailKind
    public var reason: String

    public init(_ kind: MailKind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
