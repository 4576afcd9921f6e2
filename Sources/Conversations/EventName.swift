/// Chatwoot's event names, as streams and webhooks carry them.
public enum EventName: String, Sendable, Codable, CaseIterable {
    case messageCreated = "message.created"
    case messageUpdated = "message.updated"
    case conversationCreated = "conversation.created"
    case conversationUpdated = "conversation.updated"
    case conversationRead = "conversation.read"
    case conversationStatusChanged = "conversation.status_changed"
    case conversationTypingOn = "conversation.typing_on"
    case conversationTypingOff = "conversation.typing_off"
    case conversationContactChanged = "conversation.contact_changed"
    case assigneeChanged = "assignee.changed"
    case teamChanged = "team.changed"
    case presenceUpdate = "presence.update"
    case contactCreated = "contact.created"
    case contactUpdated = "contact.updated"
    /// An agent was told of something; `user_id` says who.
    case notificationCreated = "notification.created"
    /// An agent read some of it.
    case notificationUpdated = "notification.updated"
    /// Ours: an agent came, or is called otherwise or may do other things from now on.
    case agentUpdated = "agent.updated"
    /// Ours: an agent was removed; their streams end.
    case agentRemoved = "agent.removed"
    /// Ours: an agent looks at a conversation, or does so no more.
    case conversationViewing = "conversation.viewing"
    /// Ours: an agent has begun to write in a conversation, or has sent or thrown away what was begun. Its text is in no event.
    case draftChanged = "draft.changed"
    /// Ours: some of a contact's browser sessions are over; their streams end, and those that are still good come back.
    case sessionsRevoked = "sessions.revoked"
    /// Ours: a contact came to another page of the website.
    case contactPage = "contact.page"
    /// Ours: a conversation was merged into another one or deleted.
    case conversationGone = "conversation.gone"
    /// Ours: a mail came to the mail desk or left it.
    case mailUpdated = "mail.updated"
    /// Ours: whether mail leaves at all.
    case mailHealth = "mail.health"
    /// Ours: a continuity check went on.
    case continuityCheck = "continuity_check.updated"
}
