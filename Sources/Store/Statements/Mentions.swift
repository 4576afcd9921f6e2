import Conversations

/// Who was called by name in a note.
extension Connection {
    public func remember(mentionOf agent: ID<Agent>, in message: Message, at now: Instant) throws {
        try run(
            "INSERT INTO mentions (message_id, agent_id, conversation_id, created_at) VALUES (?, ?, ?, ?)",
            [message.id, agent, message.conversationID, now])
    }

    /// A merged conversation's notes go into the other one, and who is called in them with them.
    func moveMentions(from old: ID<Conversation>, to base: ID<Conversation>) throws {
        try run("UPDATE mentions SET conversation_id = ? WHERE conversation_id = ?", [base, old])
    }

    func forgetMentions(in conversation: ID<Conversation>) throws {
        try run("DELETE FROM mentions WHERE conversation_id = ?", [conversation])
    }
}
