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

    /// A mail with what the desk shows beside it.
    public struct MailView: Sendable {
        public let mail: StoredMail
        /// The number that the API shows for its conversation.
        public let conversation: Int64?
        public let originalKept: Bool
        public let waysOut: [MailWayOutOfDesk]
    }

    /// - Parameters:
    ///   - outcomes: none means all.
    ///   - unsettled: only what nobody has dealt with.
    ///   - page: from 1.
    public func run(outcomes: [MailOutcome], unsettled: Bool, page: Int, by agent: Agent) async throws -> Page {
        let offset = (min(max(page, 1), Self.lastPage) - 1) * Self.pageSize
        return try await desk.database.read { tx in
            let mails = try tx.mails(of: agent.accountID, outcomes: outcomes, unsettled: unsettled, limit: Self.pageSize, offset: offset)
            return Page(
                count: try tx.mailCount(of: agent.accountID, outcomes: outcomes, unsettled: unsettled), rows: try tx.views(of: mails))
        }
    }

    /// What nobody has dealt with yet.
    public func counts(by agent: Agent) async throws -> JSON {
        try await desk.database.read { .mailDeskCounts(try $0.mailDeskCounts(of: agent.accountID)) }
    }

    public func one(_ number: Int64, by agent: Agent) async throws -> MailView {
        try await desk.database.read { tx in try tx.view(of: tx.mail(number, of: agent)) }
    }

    /// The bytes as they came; gone after `mail.keep-raw-for`.
    public func raw(_ number: Int64, by agent: Agent) async throws -> [UInt8] {
        let desk = self.desk
        return try await desk.database.read { tx in
            guard let (_, bytes) = try desk.original(of: tx.mail(number, of: agent), tx) else {
                throw DeskError.notFound("The original of this mail is no longer kept.")
            }
            return bytes
        }
    }
}

extension Connection {
    func view(of mail: StoredMail) throws -> ListMails.MailView {
        try views(of: [mail]).first ?? ListMails.MailView(mail: mail, conversation: nil, originalKept: false, waysOut: [])
    }

    func views(of mails: [StoredMail]) throws -> [ListMails.MailView] {
        guard let account = mails.first?.accountID else { return [] }
        let numbers = try displayIDs(of: mails.compactMap(\.conversationID))
        let kept = try keptOriginals(of: mails.map(\.id))
        let agents = mails.contains { $0.outcome == .held } ? Set(try self.agents(of: account).map(\.email)) : []
        return mails.map { mail in
            ListMails.MailView(
                mail: mail, conversation: mail.conversationID.flatMap { numbers[$0] }, originalKept: kept.contains(mail.id),
                waysOut: MailWayOutOfDesk.all(
                    for: mail, originalKept: kept.contains(mail.id), fromAgent: agents.contains(mail.fromAddress?.lowercased() ?? "")))
        }
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
            ("standing", JSON(mail.standing)), ("sender_check", mail.senderCheckJSON), ("conversation_id", JSON(view.conversation)),
            ("message_id_in_conversation", JSON(mail.deskMessageID?.value)), ("size", .integer(mail.size)),
            ("settled", .bool(mail.settledAt != nil)), ("original_kept", .bool(view.originalKept)),
            ("ways_out", .array(view.waysOut.map { .string($0.rawValue) })),
        ])
    }

    static func mailDeskCounts(_ counts: [(outcome: MailOutcome, count: Int64)]) -> JSON {
        .object(counts.map { ($0.outcome.rawValue, .integer($0.count)) })
    }
}
