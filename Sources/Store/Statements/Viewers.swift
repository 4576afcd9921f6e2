import Conversations

/// An agent who has a conversation on screen.
public struct ConversationViewer: Sendable {
    public var displayID: Int64
    public var agent: ID<Agent>
    /// Counts no more after it.
    public var until: Instant
}

extension Connection {
    /// Until when the agent counts as looking at it; nil where nothing is known.
    public func viewing(_ conversation: ID<Conversation>, by agent: ID<Agent>) throws -> Instant? {
        guard
            var row = try rows(
                "SELECT seen_until FROM conversation_viewers WHERE conversation_id = ? AND agent_id = ?", [conversation, agent]
            ).first?.reader()
        else { return nil }
        return try row.instant()
    }

    public func keepViewing(_ conversation: Conversation, by agent: ID<Agent>, until: Instant) throws {
        try run(
            """
            INSERT INTO conversation_viewers (conversation_id, agent_id, account_id, seen_until) VALUES (?, ?, ?, ?)
            ON CONFLICT (conversation_id, agent_id) DO UPDATE SET seen_until = excluded.seen_until
            """, [conversation.id, agent, conversation.accountID, until])
    }

    /// False where the agent did not look.
    public func endViewing(_ conversation: ID<Conversation>, by agent: ID<Agent>) throws -> Bool {
        try run("DELETE FROM conversation_viewers WHERE conversation_id = ? AND agent_id = ?", [conversation, agent]) > 0
    }

    /// Everybody of the account who looks at a conversation.
    public func viewers(in account: ID<Account>, at now: Instant) throws -> [ConversationViewer] {
        try rows(
            """
            SELECT c.display_id, v.agent_id, v.seen_until FROM conversation_viewers v JOIN conversations c ON c.id = v.conversation_id
            WHERE v.account_id = ? AND v.seen_until > ? ORDER BY v.seen_until LIMIT 1000
            """, [account, now]
        ).map {
            var row = $0.reader()
            return ConversationViewer(displayID: try row.integer(), agent: try row.id(), until: try row.instant())
        }
    }

    /// Forgets those who left without saying so.
    public func forgetViewers(in account: ID<Account>, before limit: Instant) throws {
        try run("DELETE FROM conversation_viewers WHERE account_id = ? AND seen_until < ?", [account, limit])
    }

    func forgetViewers(of conversation: ID<Conversation>) throws {
        try run("DELETE FROM conversation_viewers WHERE conversation_id = ?", [conversation])
    }
}
