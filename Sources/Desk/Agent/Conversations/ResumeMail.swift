import Conversations
import Store

/// An agent lets mail of a conversation leave again after too many automatic answers had stopped it (behaviour §5.3).
public struct ResumeMail: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, by agent: Agent) async throws -> ConversationView {
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            try desk.resumeMail(of: &conversation, tx)
            try desk.reconsiderMail(of: conversation, tx)
            return try desk.view(of: conversation, tx)
        }
    }
}

extension Desk {
    /// Automatic mails count anew from now on. Says so in the thread; nothing where mail was not stopped.
    func resumeMail(of conversation: inout Conversation, _ tx: any Connection) throws {
        guard conversation.loopStopped else { return }
        let before = conversation
        conversation.loopStopped = false
        conversation.updatedAt = now()
        try tx.updateConversation(conversation, from: before)
        try tx.resumeAfterLoop(conversation.id, at: now())
        try writeActivity(.mailResumed, in: &conversation, tx)
        try journal(tx).conversation(.conversationUpdated, conversation)
    }

    /// Nothing more leaves until an agent resumes.
    func stopLoop(of conversation: inout Conversation, _ tx: any Connection) throws {
        let before = conversation
        conversation.loopStopped = true
        conversation.updatedAt = now()
        try tx.updateConversation(conversation, from: before)
        try writeActivity(.mailStopped, in: &conversation, tx)
        try reconsiderMail(of: conversation, tx)
        try journal(tx).conversation(.conversationUpdated, conversation)
    }
}
