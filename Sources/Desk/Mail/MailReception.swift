import Logging
import MailTransport
import NIOCore
import Store

/// The desk behind the receivers of SMTP and LMTP.
public struct MailReception: InboundMailDesk {
    private let routes: RouteRecipient
    private let accept: AcceptMail
    private let record: RecordRefusal
    private let ingress: String
    private let logger: Logger

    /// - Parameter ingress: `smtp` or `lmtp`: what the mails' rows say.
    public init(desk: Desk, ingress: String) {
        routes = RouteRecipient(desk: desk)
        accept = AcceptMail(desk: desk)
        record = RecordRefusal(desk: desk)
        self.ingress = ingress
        logger = desk.logger
    }

    public func answer(recipient: String, envelope: InboundEnvelope) async throws -> RecipientAnswer {
        if try await routes.run(recipient) != nil { return .accept }
        await write(
            routes.looksLikeToken(recipient)
                ? "Nobody was ever given this reply address."
                : "No inbox receives at this address. Make one for it if mail should come here.",
            recipient, envelope)
        return .noSuchMailbox
    }

    public func store(_ message: ByteBuffer, envelope: InboundEnvelope) async throws -> [StoreAnswer] {
        do {
            let taken = try await accept.keep(
                Array(message.readableBytesView), sender: envelope.sender, recipients: envelope.recipients, ingress: ingress,
                remoteAddress: envelope.remoteAddress, helo: envelope.helo)
            // Who is not there any more was when he was accepted; the next try will say so at RCPT. By SMTP there is one answer for all,
            // and no next try where one of them was kept: then it is written down.
            if ingress == "smtp", taken.contains(true) {
                for (recipient, isKept) in zip(envelope.recipients, taken) where !isKept {
                    await write("This address was given up while the mail came in.", recipient, envelope)
                }
            }
            return taken.map { $0 ? .stored : .tryLater }
        } catch {
            logger.error("A mail could not be stored", metadata: ["mail": "\(envelope.id)", "error": "\(error)"])
            let answer: StoreAnswer = "\(error)".contains("SQLITE_FULL") || "\(error)".contains("full") ? .diskFull : .tryLater
            return envelope.recipients.map { _ in answer }
        }
    }

    public func note(refusal: SMTPReply, envelope: InboundEnvelope) async {
        for recipient in envelope.recipients { await write(refusal.text, recipient, envelope) }
    }

    /// A refusal that cannot be written down is a refusal all the same.
    private func write(_ reason: String, _ recipient: String, _ envelope: InboundEnvelope) async {
        do {
            try await record.run(
                recipient: recipient, sender: envelope.sender, reason: reason, ingress: ingress, remoteAddress: envelope.remoteAddress,
                helo: envelope.helo)
        } catch {
            logger.error("A refused mail could not be recorded", metadata: ["mail": "\(envelope.id)", "error": "\(error)"])
        }
    }
}
