import Conversations
import MailTransport
import NIOCore
import Store

/// What takes our mail: a relay, or the local mailbox that keeps it.
public enum MailWayOut: Sendable {
    case relay(Relay)
    case mailbox

    /// Hands one mail to a relay; the closure is awaited when only its final dot is missing.
    public struct Relay: Sendable {
        public typealias Send =
            @Sendable (_ mail: ByteBuffer, _ envelope: OutboundEnvelope, _ beforeFinalDot: @escaping @Sendable () async throws -> Void)
            async
            -> SendOutcome

        /// The relay without its password.
        public var name: String
        /// As sentences for people name it.
        public var host: String
        /// Whose it is; nil: the installation's.
        public var owner: (inbox: ID<Inbox>, account: ID<Account>)?
        /// The sealed settings of its owner that it was opened with: what it meets says nothing about newer ones.
        var settings: [UInt8] = []
        public var send: Send

        public init(name: String, host: String, send: @escaping Send) {
            self.name = name
            self.host = host
            self.send = send
        }
    }

    public static func relay(_ sender: SMTPSender) -> MailWayOut { .relay(.smtp(sender)) }
}

extension MailWayOut.Relay {
    /// A mail server.
    public static func smtp(_ sender: SMTPSender) -> MailWayOut.Relay {
        MailWayOut.Relay(name: "\(sender.relay)", host: sender.relay.host) { mail, envelope, beforeFinalDot in
            await sender.send(mail, envelope: envelope, beforeFinalDot: beforeFinalDot)
        }
    }
}

extension MailWayOut.Relay {
    /// Whether its owner's settings are still those that it was opened with. The installation's are, for as long as the program runs.
    func isCurrent(_ tx: any Connection) throws -> Bool {
        guard let owner else { return true }
        return try tx.relay(of: owner.inbox)?.secret == settings
    }
}
