import Conversations
import Store

/// The small things that agents set on a conversation: priority, labels, attributes, and whether its mail is muted.
public struct ChangeConversation: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public enum Change: Sendable {
        case priority(Conversation.Priority?)
        case labels([String])
        /// JSON object; over the old members, or instead of them.
        case customAttributes(String, merging: Bool)
        case dropCustomAttributes([String])
        case muted(Bool)
    }

    public func run(_ number: Int64, _ change: Change, by agent: Agent) async throws -> Conversation {
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            let before = conversation
            switch change {
            case .priority(let priority): conversation.priority = priority
            case .labels(let labels): conversation.labels = try LabelTitle.clean(labels)
            case .customAttributes(let text, let merging):
                conversation.customAttributes =
                    try merging ? JSONObjects.merged(conversation.customAttributes, text) : JSONObjects.checked(text)
            case .dropCustomAttributes(let keys):
                conversation.customAttributes = try JSONObjects.without(keys, in: conversation.customAttributes)
            case .muted(let muted):
                try desk.setMuted(muted, of: conversation, because: .muted(muted, by: agent.name), tx)
                return try tx.conversation(number, of: agent)
            }
            guard conversation != before else { return conversation }
            conversation.updatedAt = desk.now()
            try tx.updateConversation(conversation, from: before)
            if conversation.labels != before.labels {
                try tx.setLabels(conversation.labels, of: conversation)
                try tx.keepLabels(conversation.labels, in: conversation.accountID)
            }
            try desk.journal(tx).conversation(.conversationUpdated, conversation)
            return conversation
        }
    }
}
