import Conversations
import Store

/// A page of a thread with what its header needs.
public struct ListMessages: Sendable {
    public static let pageSize = 20
    /// With `after`, a client that was away fetches more at once.
    static let catchUpSize = 100

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Page: Sendable {
        public let conversation: Conversation
        public let contact: Contact
        public let assignee: Agent?
        /// Oldest first.
        public let messages: [MessageView]
    }

    public func run(_ number: Int64, before: Int64?, after: Int64?, by agent: Agent) async throws -> Page {
        try await desk.database.read { tx in
            let conversation = try tx.conversation(number, of: agent)
            guard let contact = try tx.contact(conversation.contactID) else {
                throw DeskError.notFound("There is no conversation \(number) here.")
            }
            let messages = try tx.messages(
                in: conversation.id, before: before, after: after, limit: after == nil ? Self.pageSize : Self.catchUpSize)
            return Page(
                conversation: conversation, contact: contact, assignee: try conversation.assigneeID.flatMap { try tx.agent($0) },
                messages: try tx.views(of: messages) { _ in conversation.displayID })
        }
    }
}
