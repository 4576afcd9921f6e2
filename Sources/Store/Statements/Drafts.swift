import Conversations

/// What an agent has begun to write in a conversation and not sent.
public struct Draft: Sendable, Hashable {
    public var reply: String
    public var note: String
    public var updatedAt: Instant

    public init(reply: String, note: String, updatedAt: Instant) {
        (self.reply, self.note, self.updatedAt) = (reply, note, updatedAt)
    }

    public var isEmpty: Bool { reply.isEmpty && note.isEmpty }
}

extension Connection {
    public func draft(of agent: ID<Agent>, in conversation: ID<Conversation>) throws -> Draft? {
        guard
            var row = try rows(
                "SELECT reply, note, updated_at FROM drafts WHERE agent_id = ? AND conversation_id = ?", [agent, conversation]
            ).first?.reader()
        else { return nil }
        return Draft(reply: try row.text(), note: try row.text(), updatedAt: try row.instant())
    }

    /// An empty one goes.
    public func keepDraft(_ draft: Draft, of agent: ID<Agent>, in conversation: ID<Conversation>) throws {
        if draft.isEmpty {
            try run("DELETE FROM drafts WHERE agent_id = ? AND conversation_id = ?", [agent, conversation])
            return
        }
        try run(
            """
            INSERT INTO drafts (agent_id, conversation_id, reply, note, updated_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (agent_id, conversation_id) DO UPDATE SET reply = excluded.reply, note = excluded.note,
                updated_at = excluded.updated_at
            """, [agent, conversation, draft.reply, draft.note, draft.updatedAt])
    }

    /// The beginnings of an agent's drafts by the conversations' numbers, newest first.
    public func draftPreviews(of agent: ID<Agent>, limit: Int) throws -> [(conversation: Int64, draft: Draft)] {
        try rows(
            """
            SELECT c.display_id, SUBSTR(reply, 1, 160), SUBSTR(note, 1, 160), drafts.updated_at FROM drafts
            JOIN conversations c ON c.id = drafts.conversation_id WHERE agent_id = ? ORDER BY drafts.updated_at DESC LIMIT ?
            """, [agent, limit]
        ).map {
            var row = $0.reader()
            return (try row.integer(), Draft(reply: try row.text(), note: try row.text(), updatedAt: try row.instant()))
        }
    }

    /// A merged conversation's drafts go into the other one, behind what was begun there.
    func moveDrafts(from old: ID<Conversation>, to base: ID<Conversation>) throws {
        for row in try rows("SELECT agent_id, reply, note, updated_at FROM drafts WHERE conversation_id = ? LIMIT 1000", [old]) {
            var row = row.reader()
            let agent: ID<Agent> = try row.id()
            var draft = Draft(reply: try row.text(), note: try row.text(), updatedAt: try row.instant())
            if let other = try self.draft(of: agent, in: base) {
                draft.reply = [other.reply, draft.reply].filter { !$0.isEmpty }.joined(separator: "\n\n")
                draft.note = [other.note, draft.note].filter { !$0.isEmpty }.joined(separator: "\n\n")
            }
            try keepDraft(draft, of: agent, in: base)
        }
        try forgetDrafts(in: old)
    }

    func forgetDrafts(in conversation: ID<Conversation>) throws {
        try run("DELETE FROM drafts WHERE conversation_id = ?", [conversation])
    }
}
