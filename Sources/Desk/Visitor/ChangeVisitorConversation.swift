import Conversations
import Store

/// What a website or its visitor may change of their own conversation.
public struct ChangeVisitorConversation: Sendable {
    public enum Change: Sendable {
        /// Laid over what is there.
        case attributes(JSON)
        case dropAttributes([String])
        /// Only labels that the team has.
        case addLabel(String)
        case removeLabel(String)
        /// The visitor ends the conversation.
        case end
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// Without a conversation there is nothing to change; then nothing happens, as in Chatwoot.
    public func run(_ credentials: VisitorCredentials, _ change: Change) async throws -> Conversation? {
        let desk = self.desk
        return try await desk.database.write { tx -> Conversation? in
            let visitor = try desk.visitor(credentials, tx)
            guard let before = try desk.currentConversation(of: visitor, tx) else { return nil }
            var conversation = before
            switch change {
            case .attributes(let more): conversation.customAttributes = try JSONObjects.merged(before.customAttributes, more.text)
            case .dropAttributes(let names): conversation.customAttributes = try JSONObjects.without(names, in: before.customAttributes)
            case .addLabel(let label):
                guard try !before.labels.contains(label) && tx.labels(in: before.accountID).contains(where: { $0.title == label }) else {
                    return before
                }
                try tx.setLabels(before.labels + [label], of: before)
            case .removeLabel(let label):
                guard before.labels.contains(label) else { return before }
                try tx.setLabels(before.labels.filter { $0 != label }, of: before)
            case .end:
                guard Self.mayEnd(visitor.inbox) else { throw DeskError.notAllowed("Visitors of this website cannot end a conversation.") }
                let name = try desk.contact(of: visitor, tx).name
                try desk.setStatus(
                    .resolved, because: .endedByVisitor(name), of: &conversation, tx)
                return conversation
            }
            if conversation != before {
                conversation.updatedAt = desk.now()
                try tx.updateConversation(conversation, from: before)
            }
            guard let changed = try tx.conversation(before.id) else { return nil }
            try desk.journal(tx).conversation(.conversationUpdated, changed)
            return changed
        }
    }

    private static func mayEnd(_ inbox: Inbox) -> Bool {
        guard case .array(let features)? = InboxSettings.values(of: inbox).first(where: { $0.0 == "selected_feature_flags" })?.1 else {
            return true
        }
        return features.contains { $0.stringValue == "end_conversation" }
    }
}
