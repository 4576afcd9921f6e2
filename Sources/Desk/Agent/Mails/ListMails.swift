import Conversations
import Store

/// The mails that came in, with what became of each (behaviour §5): the mail desk.
public struct ListMails: Sendable {
    public static let pageSize = 25
    static let lastPage = 1000

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Page: Sendable {
        public let count: Int64
        public let rows: [MailView]
    }

    /// A mail with the number that the API shows for its conversation.
    public struct MailView: Sendable {
        public let mail: StoredMail
        public let conversation: Int64?
    }

    /// - Parameters:
    ///   - outcome: nil means all.
    ///   - page: from 1.
    public func run(outcome: MailOutcome?, page: Int, by agent: Agent) async throws -> Page {
        let offset = (min(max(page, 1), Self.lastPage) - 1) * Self.pageSize
        return try await desk.database.read { tx in
            let mails = try tx.mails(of: agent.accountID, outcome: outcome, limit: Self.pageSize, offset: offset)
            return Page(count: try tx.mailCount(of: agent.accountID, outcome: outcome), rows: try Self.views(of: mails, tx))
        }
    }

    public func one(_ number: Int64, by agent: Agent) async throws -> MailView {
        try await desk.database.read { tx in
            let mail = try tx.mail(number, of: agent)
            return try Self.views(of: [mail], tx).first ?? MailView(mail: mail, conversation: nil)
        }
    }

    /// The bytes as they came; gone after `mail.keep-raw-for`.
    public func raw(_ number: Int64, by agent: Agent) async throws -> [UInt8] {
        try await desk.database.read { tx in
            guard let bytes = try tx.rawMail(tx.mail(number, of: agent).id) else {
                throw DeskError.notFound("The original of this mail is no longer kept.")
            }
            return bytes
        }
    }

    /// Has a mail that became no message read again.
    public func replay(_ number: Int64, by agent: Agent) async throws -> MailView {
        let desk = self.desk
        let mail = try await one(number, by: agent).mail
        guard try await !ReplayMail(desk: desk).run([mail.id], account: agent.accountID).isEmpty else {
            throw DeskError.invalid("This mail is a message already. There is nothing to replay.")
        }
        return try await one(number, by: agent)
    }

    private static func views(of mails: [StoredMail], _ tx: any Connection) throws -> [MailView] {
        let numbers = try tx.displayIDs(of: mails.compactMap(\.conversationID))
        return mails.map { MailView(mail: $0, conversation: $0.conversationID.flatMap { numbers[$0] }) }
    }
}

extension JSON {
    public static func mailRow(_ view: ListMails.MailView) -> JSON {
        let mail = view.mail
        return .object([
            ("id", .integer(mail.id.value)), ("received_at", .integer(mail.receivedAt.seconds)), ("ingress", .string(mail.ingress)),
            ("envelope_from", .string(mail.envelopeFrom.withoutTokens)),
            ("recipients", .array(mail.recipients.map { .string($0.withoutTokens) })),
            ("from", mail.fromAddress.map { mailbox(mail.fromName, $0) } ?? .null), ("subject", JSON(mail.subject)),
            ("message_id", JSON(mail.messageID)), ("kind", JSON(mail.kind)), ("outcome", JSON(mail.outcome?.rawValue)),
            ("reason", JSON(mail.reason)), ("evidence", JSON(mail.evidence)), ("evidence_detail", JSON(mail.evidenceDetail)),
            ("standing", JSON(mail.standing)), ("conversation_id", JSON(view.conversation)), ("size", .integer(mail.size)),
        ])
    }
}
