import Conversations

/// Something that reports are computed from: how long it took, in which inbox, and who of the team did it.
public struct ReportingEvent: Sendable {
    /// Chatwoot's names, and ours.
    public enum Name: String, Sendable, CaseIterable {
        /// The first answer of the team, since the conversation began.
        case firstResponse = "first_response"
        /// Every answer, since the customer began to wait.
        case replyTime = "reply_time"
        /// Since the conversation began.
        case resolution = "conversation_resolved"
        /// A planned mail did not leave, because the customer saw in chat what it would have carried; since the oldest of it was written.
        case mailAvoided = "mail_avoided"
    }

    public var name: Name
    /// How long it took.
    public var value: Duration
    public var agent: ID<Agent>?
    public var at: Instant

    public init(_ name: Name, took value: Duration, by agent: ID<Agent>? = nil, at: Instant) {
        self.name = name
        self.value = value
        self.agent = agent
        self.at = at
    }
}

extension Connection {
    public func record(_ event: ReportingEvent, of conversation: Conversation) throws {
        try run(
            """
            INSERT INTO reporting_events (account_id, name, inbox_id, agent_id, conversation_id, value, at) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                conversation.accountID, event.name.rawValue, conversation.inboxID, event.agent, conversation.id,
                max(0, event.value.wholeMilliseconds), event.at,
            ])
    }

    /// Counts a message for the reports: what the customer wrote, and what the team wrote to the customer.
    func countForReports(_ message: Message) throws {
        let isOutgoing = message.kind == .outgoing && !message.isPrivate
        guard message.kind == .incoming || isOutgoing else { return }
        let agent = isOutgoing && message.senderKind == .agent ? message.senderID ?? 0 : 0
        try run(
            """
            INSERT INTO message_counts (account_id, slot, inbox_id, agent_id, incoming, outgoing) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (account_id, slot, inbox_id, agent_id) DO UPDATE
            SET incoming = message_counts.incoming + excluded.incoming, outgoing = message_counts.outgoing + excluded.outgoing
            """,
            [
                message.accountID, message.createdAt.milliseconds / ReportScope.slot, message.inboxID, agent, isOutgoing ? 0 : 1,
                isOutgoing ? 1 : 0,
            ])
    }
}
