import Conversations
import Store

/// An agent resolves, reopens, snoozes or parks a conversation.
public struct SetConversationStatus: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameters:
    ///   - status: nil turns open into resolved and everything else into open.
    ///   - snoozedUntil: when it comes back by itself; nil means with the customer's next word.
    public func run(
        _ number: Int64, to status: Conversation.Status?, snoozedUntil: Instant? = nil, by agent: Agent
    ) async throws -> Conversation {
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            let status = status ?? (conversation.status == .open ? .resolved : .open)
            if status == .snoozed, let snoozedUntil, snoozedUntil <= desk.now() {
                throw DeskError.invalid("Snooze until a moment that is still to come.", attributes: ["snoozed_until"])
            }
            try desk.setStatus(
                status, snoozedUntil: snoozedUntil, because: .status(status, by: agent.name), of: &conversation, tx)
            return conversation
        }
    }
}
