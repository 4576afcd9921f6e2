import Conversations
import Store

/// What a visitor sees of their conversation.
public struct VisitorThread: Sendable {
    public let conversation: Conversation
    public let contact: Contact
    public let messages: [MessageView]
}

/// The visitor's conversation and its messages.
public struct ShowVisitorThread: Sendable {
    /// Messages in the newest page, and after a cursor.
    static let page = 20
    static let pageAfter = 100

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// nil where there is none yet.
    public func conversation(_ credentials: VisitorCredentials) async throws -> Conversation? {
        try await desk.database.read { tx in try desk.currentConversation(of: try desk.visitor(credentials, tx), tx) }
    }

    /// A page in the order of writing; nil where there is no conversation yet.
    public func run(_ credentials: VisitorCredentials, before: Int64?, after: Int64?) async throws -> VisitorThread? {
        try await desk.database.read { tx in
            let visitor = try desk.visitor(credentials, tx)
            guard let conversation = try desk.currentConversation(of: visitor, tx) else { return nil }
            let messages = try tx.messages(
                in: conversation.id, before: before, after: after, visitorOnly: true, limit: after == nil ? Self.page : Self.pageAfter)
            let number = conversation.displayID
            return VisitorThread(
                conversation: conversation, contact: try desk.contact(of: visitor, tx), messages: try tx.views(of: messages) { _ in number }
            )
        }
    }

    /// The people who may answer, as visitors see them.
    public func team(websiteToken: String) async throws -> [Agent] {
        try await desk.database.read { tx in Array(try tx.agents(of: try desk.websiteInbox(websiteToken, tx).accountID).prefix(20)) }
    }
}
