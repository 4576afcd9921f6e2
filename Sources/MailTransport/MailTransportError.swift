/// Why mail transport cannot begin. What happens to a single mail is a `SendOutcome` or an `SMTPReply`, never one of these.
public enum MailTransportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The address (or the path of a unix socket) is in use, not ours, or may not be opened.
    case cannotListen(String, reason: String)
    case certificate(path: String, reason: String)
    /// The relay's URL makes no sense. Never carries the password.
    case relayURL(reason: String)

    public var description: String {
        switch self {
        case .cannotListen(let address, let reason):
            "Mail cannot be received on \(address): \(reason). Stop the other program or choose another address."
        case .certificate(let path, let reason):
            "The certificate \(path) and its key cannot be used: \(reason)."
        case .relayURL(let reason):
            "The mail relay's address is wrong: \(reason). Write smtp://user:password@host:587 or smtps://user:password@host."
        }
    }
}
