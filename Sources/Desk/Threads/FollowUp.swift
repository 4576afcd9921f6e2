import Conversations

/// An inbox may say: what was resolved for so many days is not opened again; the customer's next word begins a new conversation that is
/// linked with it (behaviour §6).
enum FollowUp {
    static let setting = "follow_up_after_days"

    /// Days count from the conversation's last activity, which resolving it is.
    static func isDue(after conversation: Conversation, in inbox: Inbox, now: Instant) -> Bool {
        guard conversation.status == .resolved, conversation.inboxID == inbox.id,
            case .integer(let days)? = JSON.members(of: inbox.settings).first(where: { $0.0 == setting })?.1, days > 0
        else { return false }
        return now >= conversation.lastActivityAt + .seconds(days * 86_400)
    }
}
