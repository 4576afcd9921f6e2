import Conversations
import Store

/// A visitor writes or stops.
public struct NoteVisitorTyping: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ credentials: VisitorCredentials, isOn: Bool) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            let visitor = try desk.visitor(credentials, tx)
            guard let before = try desk.currentConversation(of: visitor, tx) else { return }
            var conversation = before
            conversation.visitorTypingAt = isOn ? desk.now() : nil
            try tx.updateConversation(conversation, from: before)
            let contact = try desk.contact(of: visitor, tx)
            try desk.journal(tx).typing(
                isOn ? .conversationTypingOn : .conversationTypingOff, by: .contactForVisitor(contact), forVisitor: nil, isPrivate: false,
                in: conversation)
            if try !tx.openForDelivery(in: conversation.id, limit: 1).isEmpty { try desk.reconsiderMail(of: conversation, tx) }
        }
    }
}
