import Conversations
import Store

/// An agent has the conversation before their eyes, or wants it marked unread again.
public struct MarkConversationSeen: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, by agent: Agent) async throws -> ConversationView {
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            let before = conversation
            conversation.agentLastSeenAt = desk.now()
            conversation.unreadCount = 0
            try tx.updateConversation(conversation, from: before)
            // Colleagues' lists change only where something was unread.
            if before.unreadCount > 0 { try desk.journal(tx).conversation(.conversationUpdated, conversation) }
            try desk.readNotices(of: agent, in: conversation.id, tx)
            return try desk.view(of: conversation, tx)
        }
    }

    /// Everything from the customer's last message on is unread again.
    public func unread(_ number: Int64, by agent: Agent) async throws -> ConversationView {
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            let before = conversation
            if let last = try tx.lastCustomerMessage(in: conversation.id) {
                conversation.agentLastSeenAt = Instant(milliseconds: last.createdAt.milliseconds - 1)
                conversation.unreadCount = max(1, try tx.unreadMessages(in: conversation.id, since: conversation.agentLastSeenAt))
            }
            try tx.updateConversation(conversation, from: before)
            try desk.journal(tx).conversation(.conversationUpdated, conversation)
            return try desk.view(of: conversation, tx)
        }
    }
}
