import Conversations
import Store

/// What an agent has begun to write, kept where every device of theirs finds it. Nobody else sees it.
public struct Drafts: Sendable {
    /// So many rows of the list say `Draft: …`.
    static let most = 500

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// The beginnings of all of the agent's drafts by the conversations' numbers, newest first.
    public func list(by agent: Agent) async throws -> [(conversation: Int64, draft: Draft)] {
        try await desk.database.read { try $0.draftPreviews(of: agent.id, limit: Self.most) }
    }

    /// Empty where nothing was begun.
    public func show(_ number: Int64, by agent: Agent) async throws -> Draft {
        try await desk.database.read { tx in
            let conversation = try tx.conversation(number, of: agent)
            return try tx.draft(of: agent.id, in: conversation.id) ?? Draft(reply: "", note: "", updatedAt: conversation.createdAt)
        }
    }

    /// - Parameters: nil leaves that part as it is; white space alone is nothing.
    public func keep(_ number: Int64, reply: String?, note: String?, by agent: Agent) async throws -> Draft {
        let (reply, note) = (try reply.map(Self.clean), try note.map(Self.clean))
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            let known = try tx.draft(of: agent.id, in: conversation.id)
            let draft = Draft(reply: reply ?? known?.reply ?? "", note: note ?? known?.note ?? "", updatedAt: desk.now())
            guard draft.reply != known?.reply ?? "" || draft.note != known?.note ?? "" else { return known ?? draft }
            try tx.keepDraft(draft, of: agent.id, in: conversation.id)
            // Other devices' lists change where one came or went; an open composer asks when it opens.
            if draft.isEmpty != (known == nil) { try desk.journal(tx).draft(of: agent, in: conversation) }
            return draft
        }
    }

    private static func clean(_ text: String) throws -> String {
        guard text.utf8.count <= SendAgentMessage.longest else {
            throw DeskError.invalid("The draft is too long: \(SendAgentMessage.longest) bytes at most.", attributes: ["reply"])
        }
        let text = text.replacing("\0", with: "")
        return text.contains { !$0.isWhitespace } ? text : ""
    }
}

extension Desk {
    /// What was sent is no beginning any more, whatever becomes of the device that sent it.
    func forgetDraft(of agent: Agent, in conversation: Conversation, sentAs message: Message, _ tx: any Connection) throws {
        guard let sent = message.content?.trimmingWhitespace, !sent.isEmpty, var draft = try tx.draft(of: agent.id, in: conversation.id)
        else { return }
        let part: WritableKeyPath<Draft, String> = message.isPrivate ? \.note : \.reply
        guard draft[keyPath: part].trimmingWhitespace == sent else { return }
        draft[keyPath: part] = ""
        draft.updatedAt = now()
        try tx.keepDraft(draft, of: agent.id, in: conversation.id)
        try journal(tx).draft(of: agent, in: conversation)
    }
}

extension JSON {
    public static func draft(_ draft: Draft, in conversation: Int64) -> JSON {
        .object([
            ("conversation_id", .integer(conversation)), ("reply", .string(draft.reply)), ("note", .string(draft.note)),
            ("updated_at", .number(draft.updatedAt.fractionalSeconds)),
        ])
    }
}

extension Journal {
    /// All agents' streams carry it, so it says of whom and where, and nothing of what was written.
    func draft(of agent: Agent, in conversation: Conversation) throws {
        let payload = JSON.object([("conversation_id", .integer(conversation.displayID)), ("user_id", .integer(agent.id.value))])
        try tx.append(.draftChanged, account: conversation.accountID, payload: payload.text, at: desk.now())
    }
}
