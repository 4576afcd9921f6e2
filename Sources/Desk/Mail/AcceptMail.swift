import Conversations
import Logging
import MailTransport
import NIOCore
import Store

/// Store first: the raw mail and its envelope are on disk before anybody says that the mail was taken (behaviour §5).
public struct AcceptMail: Sendable {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// Keeps a mail, once for each account that its recipients belong to. When this returns, nothing can lose it.
    /// - Returns: false when no recipient is ours; then nothing was stored.
    @discardableResult
    public func run(
        _ raw: [UInt8], sender: String?, recipients: [String], ingress: String, remoteAddress: String? = nil, helo: String? = nil
    ) async throws -> Bool {
        try await desk.database.write { tx in
            let routes = RouteRecipient(desk: desk)
            var byAccount: [(account: ID<Account>, recipients: [String])] = []
            for recipient in recipients {
                guard let account = try routes.account(for: recipient, tx) else { continue }
                if let index = byAccount.firstIndex(where: { $0.account == account }) {
                    byAccount[index].recipients.append(recipient)
                } else {
                    byAccount.append((account, [recipient]))
                }
            }
            for (account, recipients) in byAccount {
                _ = try desk.keep(
                    StoredMail(
                        accountID: account, receivedAt: desk.now(), ingress: ingress, remoteAddress: remoteAddress, helo: helo,
                        envelopeFrom: sender ?? "", recipients: recipients, size: Int64(raw.count)),
                    raw: raw, tx)
            }
            return !byAccount.isEmpty
        }
    }
}

/// The desk behind the SMTP receiver.
public struct MailReception: InboundMailDesk {
    private let routes: RouteRecipient
    private let accept: AcceptMail
    private let logger: Logger

    public init(desk: Desk) {
        routes = RouteRecipient(desk: desk)
        accept = AcceptMail(desk: desk)
        logger = desk.logger
    }

    public func answer(recipient: String, envelope: InboundEnvelope) async throws -> RecipientAnswer {
        try await routes.run(recipient) == nil ? .noSuchMailbox : .accept
    }

    public func store(_ message: ByteBuffer, envelope: InboundEnvelope) async throws -> StoreAnswer {
        do {
            let taken = try await accept.run(
                Array(message.readableBytesView), sender: envelope.sender, recipients: envelope.recipients, ingress: "smtp",
                remoteAddress: envelope.remoteAddress, helo: envelope.helo)
            return taken ? .stored : .tryLater
        } catch {
            logger.error("A mail could not be stored", metadata: ["mail": "\(envelope.id)", "error": "\(error)"])
            return "\(error)".contains("SQLITE_FULL") || "\(error)".contains("full") ? .diskFull : .tryLater
        }
    }
}
