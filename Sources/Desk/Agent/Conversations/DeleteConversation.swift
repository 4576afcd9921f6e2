import Conversations
import Store

/// An administrator deletes a conversation: what was said, its files and mails that have not left. An answer to one of its mails begins a new
/// conversation, which says so.
public struct DeleteConversation: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, by agent: Agent) async throws {
        let desk = self.desk
        try await desk.onConversation(number, by: agent) { conversation, tx in
            // The number of a merged one leads here, but it is not what was asked to be deleted.
            guard conversation.displayID == number else { throw DeskError.notFound("There is no conversation \(number) here.") }
            try tx.delete(conversation, at: desk.now())
            try desk.journal(tx).gone(conversation, into: nil)
        }
    }
}
