import Conversations
import Store

/// Two conversations with one contact become one. The second's number, reply addresses and Message-IDs lead to the first from then on.
public struct MergeConversations: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, into baseNumber: Int64, by agent: Agent) async throws -> ConversationView {
        let desk = self.desk
        return try await desk.onConversation(baseNumber, by: agent) { base, tx in
            let other = try tx.conversation(number, of: agent)
            guard other.id != base.id else {
                throw DeskError.invalid("These are one conversation already.", attributes: ["mergee_conversation_id"])
            }
            guard other.contactID == base.contactID else {
                throw DeskError.invalid(
                    "These conversations are with two contacts. Merge the contacts first.", attributes: ["mergee_conversation_id"])
            }
            try tx.merge(other, into: base, at: desk.now())
            let before = base
            base.take(from: other)
            base.updatedAt = desk.now()
            try tx.updateConversation(base, from: before)
            base = try tx.conversation(base.id) ?? base
            try desk.writeActivity(.merged(other.displayID, by: agent.name), in: &base, tx)
            try desk.journal(tx).gone(other, into: base)
            if let contact = try tx.contact(base.contactID) { try desk.reconsiderMail(of: base, withNewAddressOf: contact, tx) }
            try desk.journal(tx).conversation(.conversationUpdated, base)
            return try desk.view(of: base, tx)
        }
    }
}

extension Conversation {
    /// What two conversations that become one have in common.
    fileprivate mutating func take(from other: Conversation) {
        if other.lastActivityAt > lastActivityAt {
            mode = other.mode
            lastActivityAt = other.lastActivityAt
        }
        if other.status == .open { (status, snoozedUntil) = (.open, nil) }
        assigneeID = assigneeID ?? other.assigneeID
        teamID = teamID ?? other.teamID
        priority = priority ?? other.priority
        muted = muted || other.muted
        loopStopped = loopStopped || other.loopStopped
        // What was seen keeps that state; what was not must not be passed by the other's watermark.
        contactLastSeenAt = contactLastSeenAt.flatMap { mine in other.contactLastSeenAt.map { min(mine, $0) } }
        waitingSince = [waitingSince, other.waitingSince].compactMap { $0 }.min()
        firstReplyAt = [firstReplyAt, other.firstReplyAt].compactMap { $0 }.min()
        lastMailAt = [lastMailAt, other.lastMailAt].compactMap { $0 }.max()
        unreadCount += other.unreadCount
    }
}
