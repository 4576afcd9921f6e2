import Conversations
import Store

/// One conversation, with how it can go on.
public struct ShowConversation: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, by agent: Agent) async throws -> ConversationView {
        let desk = self.desk
        return try await desk.database.read { tx in try desk.view(of: tx.conversation(number, of: agent), tx) }
    }
}
