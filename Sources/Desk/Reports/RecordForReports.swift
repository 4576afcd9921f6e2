import Conversations
import Store

// What reports are computed from is written down in the transaction in which it happens.
extension Desk {
    /// The team answered a customer who waits: how long that took, and whether it was the first time.
    func recordAnswer(_ message: Message, _ before: Conversation, _ tx: any Connection) throws {
        guard message.kind == .outgoing, !message.isPrivate, message.senderKind == .agent, let waiting = before.waitingSince else { return }
        let agent = message.senderID.map { ID<Agent>($0) }
        if before.firstReplyAt == nil {
            try tx.record(ReportingEvent(.firstResponse, took: now().since(before.createdAt), by: agent, at: now()), of: before)
        }
        try tx.record(ReportingEvent(.replyTime, took: now().since(waiting), by: agent, at: now()), of: before)
    }

    func recordResolution(of conversation: Conversation, _ tx: any Connection) throws {
        let took = now().since(conversation.createdAt)
        try tx.record(ReportingEvent(.resolution, took: took, by: conversation.assigneeID, at: now()), of: conversation)
    }

    /// These messages were to leave by mail, and were seen in chat before: one mail less, however many it would have carried.
    func recordAvoidedMail(of messages: [Message], in conversation: Conversation, _ tx: any Connection) throws {
        guard let oldest = messages.map(\.createdAt).min() else { return }
        try tx.record(ReportingEvent(.mailAvoided, took: now().since(oldest), at: now()), of: conversation)
    }
}
