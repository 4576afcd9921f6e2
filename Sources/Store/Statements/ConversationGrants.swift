import Conversations

/// A session that was let into a conversation by a link in a mail.
public struct ConversationGrant: Sendable {
    public var conversationID: ID<Conversation>
    public var grantedAt: Instant
}

extension Connection {
    /// - Parameter madeSession: whether the session began with this grant; it then ends with it.
    public func grant(_ conversation: ID<Conversation>, to session: ID<VisitorSession>, madeSession: Bool, at now: Instant) throws {
        try run(
            """
            INSERT INTO conversation_grants (session_id, conversation_id, made_session, granted_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (session_id, conversation_id) DO UPDATE SET granted_at = excluded.granted_at
            """,
            [session, conversation, madeSession, now])
    }

    public func grants(of session: ID<VisitorSession>) throws -> [ConversationGrant] {
        try rows(
            "SELECT conversation_id, granted_at FROM conversation_grants WHERE session_id = ? ORDER BY granted_at DESC LIMIT 100", [session]
        ).map {
            var row = $0.reader()
            return ConversationGrant(conversationID: try row.id(), grantedAt: try row.instant())
        }
    }

    /// Takes every grant of a conversation back. Sessions that such a grant made are over: neither of their tokens finds them again.
    public func revokeGrants(of conversation: ID<Conversation>) throws {
        try run(
            """
            UPDATE visitor_sessions SET source_id = 'revoked-' || id, stream_token_hash = 'revoked-' || id
            WHERE id IN (SELECT session_id FROM conversation_grants WHERE conversation_id = ? AND made_session = 1)
            """, [conversation])
        try run("DELETE FROM conversation_grants WHERE conversation_id = ?", [conversation])
    }
}
