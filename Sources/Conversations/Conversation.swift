/// The thread, wherever it goes on.
public struct Conversation: Sendable, Hashable {
    /// Chatwoot's words; its numbers are not used on the wire.
    public enum Status: String, Sendable, Codable, CaseIterable { case open, resolved, pending, snoozed }
    public enum Priority: String, Sendable, Codable, CaseIterable { case low, medium, high, urgent }

    /// Unique in the installation. The API's `id` is `displayID`.
    public var id: ID<Conversation>
    public var accountID: ID<Account>
    /// Number within the account, from 1.
    public var displayID: Int64
    public var uuid: String
    public var inboxID: ID<Inbox>
    public var contactID: ID<Contact>
    /// The browser session that began it; nil where a mail began it.
    public var sessionID: ID<VisitorSession>?
    public var status: Status
    public var priority: Priority?
    public var assigneeID: ID<Agent>?
    public var teamID: Int64?
    public var snoozedUntil: Instant?
    /// Stays the same for the conversation's life (behaviour §4).
    public var subject: String
    /// The channel that the customer last wrote by: decides the mode of behaviour §3.
    public var mode: Message.Channel
    /// The customer wants no mail of this conversation.
    public var muted: Bool
    /// Too many automatic mails: nothing leaves until an agent resumes.
    public var loopStopped: Bool
    /// Watermark: everything up to here was seen by the customer.
    public var contactLastSeenAt: Instant?
    public var agentLastSeenAt: Instant?
    public var agentTypingAt: Instant?
    public var visitorTypingAt: Instant?
    public var waitingSince: Instant?
    public var firstReplyAt: Instant?
    public var lastMailAt: Instant?
    /// Mails sent while the address was unproven, since it last answered.
    public var unprovenMails: Int
    public var unreadCount: Int
    public var labels: [String]
    public var additionalAttributes: String
    public var customAttributes: String
    public var lastActivityAt: Instant
    public var createdAt: Instant
    public var updatedAt: Instant

    public init(
        id: ID<Conversation>, accountID: ID<Account>, displayID: Int64, uuid: String, inboxID: ID<Inbox>,
        contactID: ID<Contact>, sessionID: ID<VisitorSession>?, status: Status, priority: Priority?,
        assigneeID: ID<Agent>?, teamID: Int64?, snoozedUntil: Instant?, subject: String, mode: Message.Channel,
        muted: Bool, loopStopped: Bool, contactLastSeenAt: Instant?, agentLastSeenAt: Instant?,
        agentTypingAt: Instant?, visitorTypingAt: Instant?, waitingSince: Instant?, firstReplyAt: Instant?, lastMailAt: Instant?,
        unprovenMails: Int, unreadCount: Int, labels: [String], additionalAttributes: String,
        customAttributes: String, lastActivityAt: Instant, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.accountID = accountID
        self.displayID = displayID
        self.uuid = uuid
        self.inboxID = inboxID
        self.contactID = contactID
        self.sessionID = sessionID
        self.status = status
        self.priority = priority
        self.assigneeID = assigneeID
        self.teamID = teamID
        self.snoozedUntil = snoozedUntil
        self.subject = subject
        self.mode = mode
        self.muted = muted
        self.loopStopped = loopStopped
        self.contactLastSeenAt = contactLastSeenAt
        self.agentLastSeenAt = agentLastSeenAt
        self.agentTypingAt = agentTypingAt
        self.visitorTypingAt = visitorTypingAt
        self.waitingSince = waitingSince
        self.firstReplyAt = firstReplyAt
        self.lastMailAt = lastMailAt
        self.unprovenMails = unprovenMails
        self.unreadCount = unreadCount
        self.labels = labels
        self.additionalAttributes = additionalAttributes
        self.customAttributes = customAttributes
        self.lastActivityAt = lastActivityAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// A browser's session with a website inbox (Chatwoot's contact inbox). Here only to name its identifiers.
public enum VisitorSession {}
