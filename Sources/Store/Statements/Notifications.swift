import Conversations

/// Until when agents were told by mail of what customers wrote.
extension Connection {
    public func notifiedAt(_ conversation: ID<Conversation>) throws -> Instant? {
        guard var row = try rows("SELECT notified_at FROM conversations WHERE id = ?", [conversation]).first?.reader() else { return nil }
        return try row.optionalInstant()
    }

    public func setNotifiedAt(_ now: Instant, of conversation: ID<Conversation>) throws {
        try run("UPDATE conversations SET notified_at = ? WHERE id = ?", [now, conversation])
    }

    /// What customers wrote since a moment, oldest first; not what is held and not what machines wrote. What came in that very millisecond counts:
    /// told twice is better than never told.
    public func unopenedMessages(in conversation: ID<Conversation>, since: Instant?, limit: Int) throws -> [Message] {
        let ids: [ID<Message>] = try rows(
            """
            SELECT id FROM messages WHERE conversation_id = ? AND kind = 0 AND held = 0 AND sender_id IS NOT NULL AND created_at >= ?
            ORDER BY id LIMIT ?
            """, [conversation, since ?? Instant(milliseconds: 0), limit]
        ).map {
            var row = $0.reader()
            return try row.id()
        }
        return try messages(ids)
    }
}
