import Conversations
import Store

/// What an agent was told of in the dashboard: their own alone.
public struct ListNotices: Sendable {
    static let page = 25

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Page: Sendable {
        public let rows: [NoticeView]
        public let all: Int64
        public let unread: Int64
    }

    /// - Parameter page: from 1.
    public func run(page: Int, by agent: Agent) async throws -> Page {
        try await desk.database.read { tx in
            let notices = try tx.notices(of: agent.id, limit: Self.page, offset: (min(max(1, page), 1_000) - 1) * Self.page)
            let counts = try tx.noticeCounts(of: agent.id)
            return Page(rows: try tx.views(of: notices), all: counts.all, unread: counts.unread)
        }
    }

    public func unread(by agent: Agent) async throws -> Int64 {
        try await desk.database.read { try $0.noticeCounts(of: agent.id).unread }
    }

    /// - Parameter isRead: false makes it unread again.
    public func mark(_ number: Int64, isRead: Bool, by agent: Agent) async throws -> NoticeView {
        let desk = self.desk
        return try await desk.database.write { tx in
            guard var notice = try tx.notice(number), notice.agentID == agent.id else {
                throw DeskError.notFound("There is no notice \(number) for you.")
            }
            if (notice.readAt != nil) != isRead {
                notice.readAt = isRead ? desk.now() : nil
                try tx.setNotice(notice.id, readAt: notice.readAt)
                try desk.journal(tx).noticesRead(by: agent)
            }
            guard let view = try tx.views(of: [notice]).first else { throw DeskError.notFound("Its conversation is gone.") }
            return view
        }
    }

    /// - Parameter conversation: the number of one; nil: everything.
    public func readAll(in conversation: Int64?, by agent: Agent) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            let found = try conversation.map { try tx.conversation($0, of: agent).id }
            try desk.readNotices(of: agent, in: found, tx)
        }
    }
}

/// A notice with what its line shows.
public struct NoticeView: Sendable {
    public let notice: Notice
    public let conversation: Conversation
    public let contact: Contact?
    public let message: Message?
    /// Who of the team wrote the message.
    public let author: Agent?
}

extension Connection {
    /// A fixed number of queries, however many notices.
    func views(of notices: [Notice]) throws -> [NoticeView] {
        guard !notices.isEmpty else { return [] }
        let found = try conversations(withIDs: Array(Set(notices.map(\.conversationID))))
        let conversations = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let contacts = Dictionary(try contacts(Array(Set(found.map(\.contactID)))).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let messages = Dictionary(try messages(notices.compactMap(\.messageID)).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let authors = Dictionary(
            try agents(
                Array(Set(messages.values.filter { $0.senderKind == .agent }.compactMap { $0.senderID.map { ID<Agent>($0) } }))
            ).map { ($0.id.value, $0) }, uniquingKeysWith: { $1 })
        return notices.compactMap { notice in
            guard let conversation = conversations[notice.conversationID] else { return nil }
            let message = notice.messageID.flatMap { messages[$0] }
            return NoticeView(
                notice: notice, conversation: conversation, contact: contacts[conversation.contactID], message: message,
                author: message.flatMap { $0.senderKind == .agent ? $0.senderID.flatMap { authors[$0] } : nil })
        }
    }
}

extension NoticeView {
    /// Letters of a message that a notice shows.
    static let preview = 160

    /// What happened, a sentence.
    var title: String {
        let name = contact.map { $0.name.isEmpty ? "A customer" : $0.name } ?? "A customer"
        return switch notice.kind {
        case .creation: "\(name) began conversation #\(conversation.displayID)"
        case .assignment: "Conversation #\(conversation.displayID) with \(name) was assigned to you"
        case .newMessage: "\(name) wrote in conversation #\(conversation.displayID)"
        case .mention: "\(author?.name ?? "A colleague") called you in conversation #\(conversation.displayID) with \(name)"
        }
    }

    var body: String {
        let text = message?.content ?? conversation.subject
        return String(text.prefix(Self.preview)).withoutTokens
    }
}

extension JSON {
    /// A notice in Chatwoot's shape.
    public static func notice(_ view: NoticeView) -> JSON {
        let notice = view.notice
        return .object([
            ("id", .integer(notice.id)), ("notification_type", .string(notice.kind.rawValue)), ("push_message_title", .string(view.title)),
            ("push_message_body", .string(view.body)), ("primary_actor_type", .string("Conversation")),
            ("primary_actor_id", .integer(view.conversation.displayID)),
            (
                "primary_actor",
                .object([
                    ("id", .integer(view.conversation.displayID)), ("inbox_id", .integer(view.conversation.inboxID.value)),
                    ("status", .string(view.conversation.status.rawValue)),
                    (
                        "meta",
                        .object([
                            (
                                "sender",
                                .object([("id", JSON(view.contact?.id.value)), ("name", JSON(view.contact?.name))])
                            ),
                            ("author", view.author.map { .object([("id", .integer($0.id.value)), ("name", .string($0.name))]) } ?? .null),
                        ])
                    ),
                ])
            ),
            ("read_at", JSON(notice.readAt?.seconds)), ("secondary_actor", .null), ("snoozed_until", .null),
            ("created_at", .integer(notice.createdAt.seconds)), ("last_activity_at", .integer(notice.lastActivityAt.seconds)),
            ("account_id", .integer(notice.accountID.value)), ("user", .object([("id", .integer(notice.agentID.value))])),
        ])
    }
}
