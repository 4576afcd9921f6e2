import Conversations

/// Something that an agent is told of in the dashboard.
public struct Notice: Sendable, Hashable {
    /// Chatwoot's names.
    public enum Kind: String, Sendable, CaseIterable {
        case creation = "conversation_creation"
        case assignment = "conversation_assignment"
        case newMessage = "assigned_conversation_new_message"
        case mention = "conversation_mention"
    }

    public var id: Int64
    public var accountID: ID<Account>
    public var agentID: ID<Agent>
    public var kind: Kind
    public var conversationID: ID<Conversation>
    /// What it is about; nil where it is no message.
    public var messageID: ID<Message>?
    public var readAt: Instant?
    public var createdAt: Instant
    public var lastActivityAt: Instant
}

extension Connection {
    private var noticeColumns: String {
        "id, account_id, agent_id, kind, conversation_id, message_id, read_at, created_at, last_activity_at"
    }

    private func notice(_ row: Row) throws -> Notice {
        var row = row.reader()
        return Notice(
            id: try row.integer(), accountID: try row.id(), agentID: try row.id(), kind: try row.word(), conversationID: try row.id(),
            messageID: try row.optionalID(), readAt: try row.optionalInstant(), createdAt: try row.instant(),
            lastActivityAt: try row.instant())
    }

    /// Tells an agent. What is unread of the same kind in the same conversation is that notice, with its newest message: one customer's ten
    /// messages are one line.
    public func addNotice(
        _ kind: Notice.Kind, to agent: Agent, in conversation: ID<Conversation>, message: ID<Message>?, at now: Instant
    ) throws -> Notice? {
        let again = try rows(
            """
            UPDATE notifications SET message_id = ?, last_activity_at = ?
            WHERE agent_id = ? AND conversation_id = ? AND kind = ? AND read_at IS NULL RETURNING \(noticeColumns)
            """, [message, now, agent.id, conversation, kind.rawValue])
        if let row = again.first { return try notice(row) }
        return try rows(
            """
            INSERT INTO notifications (account_id, agent_id, kind, conversation_id, message_id, created_at, last_activity_at)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING \(noticeColumns)
            """, [agent.accountID, agent.id, kind.rawValue, conversation, message, now, now]
        ).first.map(notice)
    }

    public func notice(_ id: Int64) throws -> Notice? {
        try rows("SELECT \(noticeColumns) FROM notifications WHERE id = ?", [id]).first.map(notice)
    }

    /// The newest first.
    public func notices(of agent: ID<Agent>, limit: Int, offset: Int) throws -> [Notice] {
        try rows(
            "SELECT \(noticeColumns) FROM notifications WHERE agent_id = ? ORDER BY last_activity_at DESC, id DESC LIMIT ? OFFSET ?",
            [agent, limit, offset]
        ).map(notice)
    }

    /// How many there are; old ones are forgotten, so there are never very many.
    public func noticeCounts(of agent: ID<Agent>) throws -> (all: Int64, unread: Int64) {
        let found = try rows(
            """
            SELECT (SELECT COUNT(*) FROM notifications WHERE agent_id = ?),
                (SELECT COUNT(*) FROM notifications WHERE agent_id = ? AND read_at IS NULL)
            """, [agent, agent])
        guard var row = found.first?.reader() else { return (0, 0) }
        return (try row.integer(), try row.integer())
    }

    /// nil makes it unread again.
    public func setNotice(_ id: Int64, readAt: Instant?) throws {
        try run("UPDATE notifications SET read_at = ? WHERE id = ?", [readAt, id])
    }

    /// Marks an agent's notices as read: all, or those of one conversation.
    /// - Returns: how many were unread.
    @discardableResult
    public func readNotices(of agent: ID<Agent>, in conversation: ID<Conversation>?, at now: Instant) throws -> Int {
        if let conversation {
            return try run(
                "UPDATE notifications SET read_at = ? WHERE agent_id = ? AND conversation_id = ? AND read_at IS NULL",
                [now, agent, conversation])
        }
        return try run("UPDATE notifications SET read_at = ? WHERE agent_id = ? AND read_at IS NULL", [now, agent])
    }

    /// Forgets an agent's notices in which nothing happened since a moment, and all but so many of the newest.
    public func forgetNotices(of agent: ID<Agent>, before limit: Instant, keep: Int) throws {
        try run("DELETE FROM notifications WHERE agent_id = ? AND last_activity_at < ?", [agent, limit])
        // The first of those that are too many, and everything before it.
        try run(
            """
            DELETE FROM notifications WHERE agent_id = ? AND last_activity_at <= (
                SELECT last_activity_at FROM notifications WHERE agent_id = ? ORDER BY last_activity_at DESC LIMIT 1 OFFSET ?)
            """, [agent, agent, keep])
    }

    /// A merged conversation's notices lead to the other one.
    func moveNotices(from old: ID<Conversation>, to base: ID<Conversation>) throws {
        try run("UPDATE notifications SET conversation_id = ? WHERE conversation_id = ?", [base, old])
    }

    func forgetNotices(in conversation: ID<Conversation>) throws {
        try run("DELETE FROM notifications WHERE conversation_id = ?", [conversation])
    }

    /// What each agent of an account wants to be told of, where they have said so: JSON objects of flags.
    public func notificationFlags(of account: ID<Account>) throws -> [ID<Agent>: String] {
        var flags: [ID<Agent>: String] = [:]
        for row in try rows("SELECT id, notification_flags FROM agents WHERE account_id = ?", [account]) {
            var row = row.reader()
            flags[try row.id()] = try row.text()
        }
        return flags
    }

    public func setNotificationFlags(_ flags: String, of agent: ID<Agent>) throws {
        try run("UPDATE agents SET notification_flags = ? WHERE id = ?", [flags, agent])
    }
}
