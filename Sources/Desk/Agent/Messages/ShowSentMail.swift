import Conversations
import MailFormat
import Store

/// An agent opens the envelope of a message that left as mail: to whom it went, under which name, and how often it was tried.
public struct ShowSentMail: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(message number: Int64, in conversationNumber: Int64, by agent: Agent) async throws -> JSON {
        let desk = self.desk
        let (mail, raw) = try await desk.database.read { tx in
            let conversation = try tx.conversation(conversationNumber, of: agent)
            let message = try tx.message(number, in: conversation)
            guard message.kind != .incoming, let mail = try tx.outboxMail(carrying: message.id) else {
                throw DeskError.notFound("This message has not left as mail.")
            }
            return (mail, try desk.outgoing(mail.id, tx)?.raw)
        }
        let parsed = raw.map { MailReader().read($0) }
        return .object([
            ("from", parsed?.from.map { .mailbox($0.name, $0.address) } ?? .null),
            ("to", .array(parsed.map { $0.to.map { .mailbox($0.name, $0.address) } } ?? [.mailbox(nil, mail.toAddress)])),
            ("cc", .array((parsed?.cc ?? []).map { .mailbox($0.name, $0.address) })),
            ("reply_to", .array((parsed?.replyTo ?? []).map { .mailbox($0.name, $0.address.withoutTokens) })),
            ("subject", .string(mail.subject)), ("message_id", .string(mail.messageID)), ("state", .string(mail.state.rawValue)),
            ("reason", JSON(mail.reason)), ("attempts", .integer(Int64(mail.attempts))), ("created_at", .integer(mail.createdAt.seconds)),
            ("sent_at", JSON(mail.sentAt?.seconds)), ("size", JSON(raw.map { Int64($0.count) })),
            ("headers", .array(parsed.map(headers) ?? [])),
        ])
    }

    /// The mail's headers without what could be used in the customer's name: reply and return addresses, links to mute (behaviour §4).
    private func headers(of mail: ParsedMail) -> [JSON] {
        mail.headers.filter { !$0.isNamed("List-Unsubscribe") && !$0.isNamed("List-Unsubscribe-Post") }.map {
            .array([.string($0.name), .string($0.value.withoutTokens)])
        }
    }
}
