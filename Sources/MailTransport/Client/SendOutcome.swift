/// Where in the conversation with a relay something happened, in order.
public enum SendStage: String, Sendable, Hashable, CaseIterable {
    case connecting, greeting, hello, startTLS, authentication, sender, recipient, data, body, beforeFinalDot, finalDot
}

/// What a relay said, or in our own words why it could not say anything.
public enum SendCause: Sendable, Hashable, CustomStringConvertible {
    case reply(SMTPReply)
    /// A sentence without the server's name as its subject: `the connection was lost`.
    case words(String)

    public var description: String {
        switch self {
        case .reply(let reply): reply.description
        case .words(let words): words
        }
    }
}

/// One recipient whom the relay refused while it took the mail for others.
public struct RefusedRecipient: Sendable, Hashable {
    public var address: String
    public var reply: SMTPReply

    public init(address: String, reply: SMTPReply) {
        self.address = address
        self.reply = reply
    }
}

/// What became of one mail that was handed to a relay.
public enum SendOutcome: Sendable, Hashable {
    /// The relay took it over. `refused` are the recipients it did not take it for; at least one it did.
    case accepted(SMTPReply, refused: [RefusedRecipient])
    /// Certainly not taken; the same again later may work.
    case temporary(SendStage, SendCause)
    /// Certainly not taken, and it will not be.
    case permanent(SendStage, SendCause)
    /// The final dot was sent and no clear answer came: the mail may be out or not. Sending again may double it.
    case uncertain(String)
    /// Not this mail's fault: the relay refuses our credentials, offers no encryption, or shows a certificate that is not its own.
    /// The mail stays to be sent; sending should stop until an administrator has looked.
    case relayFault(SendStage, SendCause)

    /// Whether it came so far that the relay had let us in: it takes mail of ours, whatever became of this one.
    public var cameBehindSignIn: Bool {
        switch self {
        case .accepted, .uncertain: true
        case .temporary(let stage, _), .permanent(let stage, _): stage.isBehindSignIn
        case .relayFault: false
        }
    }

    /// A sentence for a person. `server` is the relay's host name.
    public func sentence(server: String) -> String {
        switch self {
        case .accepted(let reply, let refused) where refused.isEmpty:
            return "The mail server \(server) took the mail and said: \(reply.description.withoutStop)."
        case .accepted(_, let refused):
            let list = refused.map { "\($0.address) (\($0.reply))" }.joined(separator: ", ")
            return "The mail server \(server) took the mail, but not for \(list)."
        case .temporary(_, .reply(let reply)):
            return "The mail server \(server) said: \(reply.description.withoutStop)."
        case .temporary(let stage, .words(let words)):
            return "Sending by the mail server \(server) did not work \(stage.words): \(words)."
        case .permanent(_, .reply(let reply)):
            return "The mail server \(server) said: \(reply.description.withoutStop)."
        case .permanent(let stage, .words(let words)):
            return "The mail cannot be sent by the mail server \(server) \(stage.words): \(words)."
        case .uncertain(let words):
            return "It is not certain whether the mail was sent: the mail server \(server) had all of it, but \(words)."
        case .relayFault(.authentication, .reply(let reply)):
            return "The mail server \(server) does not accept the user name and password: \(reply.description.withoutStop). "
                + "Check the relay's settings."
        case .relayFault(let stage, let cause):
            return "Sending by the mail server \(server) is not possible \(stage.words): \(cause.description.withoutStop). "
                + "Check the relay's settings."
        }
    }
}

extension SendStage {
    fileprivate var isBehindSignIn: Bool {
        switch self {
        case .connecting, .greeting, .hello, .startTLS, .authentication: false
        case .sender, .recipient, .data, .body, .beforeFinalDot, .finalDot: true
        }
    }

    fileprivate var words: String {
        switch self {
        case .connecting: "while connecting"
        case .greeting: "while waiting for its greeting"
        case .hello: "while greeting it"
        case .startTLS: "while starting encryption"
        case .authentication: "while signing in"
        case .sender: "when the sender was named"
        case .recipient: "when the recipient was named"
        case .data: "before the mail was sent"
        case .body, .beforeFinalDot: "while the mail was being sent"
        case .finalDot: "after the mail was sent"
        }
    }
}

extension String {
    /// Without the full stop that the sentence around it sets itself.
    fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
