/// One thing that somebody said, or a line that the system wrote.
public struct Message: Sendable, Hashable {
    /// Chatwoot's numbers.
    public enum Kind: Int, Sendable, Codable, CaseIterable { case incoming = 0, outgoing, activity, template }

    /// Which way it came or goes.
    public enum Channel: String, Sendable, Codable { case chat, email }

    public enum SenderKind: String, Sendable, Codable {
        case contact
        case agent = "user"
    }

    /// The agent's choice for one message (behaviour §3).
    public enum Choice: String, Sendable, Codable, CaseIterable {
        case automatic = "auto"
        case chatOnly = "chat_only"
        case emailNow = "email_now"
    }

    public var id: ID<Message>
    public var accountID: ID<Account>
    public var conversationID: ID<Conversation>
    public var inboxID: ID<Inbox>
    public var kind: Kind
    public var isPrivate: Bool
    public var channel: Channel
    public var content: String?
    /// Chatwoot's `content_type`: `text`, `input_email`, `incoming_email`, `input_csat` …
    public var contentType: String
    /// JSON object, as the API shows it.
    public var contentAttributes: String
    public var senderKind: SenderKind?
    public var senderID: Int64?
    /// The client's own name for this message: the same one twice in a conversation is one message.
    public var echoID: String?
    /// The Message-ID of the mail that it came by.
    public var sourceID: String?
    public var choice: Choice
    public var delivery: DeliveryState?
    /// A stranger's mail that waits for an agent's decision: agents see it, the visitor never.
    public var isHeld: Bool
    /// Whether the visitor's widget may show it.
    public var visibleToVisitor: Bool
    public var inboundMailID: ID<InboundMail>?
    public var createdAt: Instant
    public var updatedAt: Instant

    public init(
        id: ID<Message>, accountID: ID<Account>, conversationID: ID<Conversation>, inboxID: ID<Inbox>, kind: Kind,
        isPrivate: Bool, channel: Channel, content: String?, contentType: String, contentAttributes: String,
        senderKind: SenderKind?, senderID: Int64?, echoID: String?, sourceID: String?, choice: Choice,
        delivery: DeliveryState?, isHeld: Bool, visibleToVisitor: Bool, inboundMailID: ID<InboundMail>?,
        createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.accountID = accountID
        self.conversationID = conversationID
        self.inboxID = inboxID
        self.kind = kind
        self.isPrivate = isPrivate
        self.channel = channel
        self.content = content
        self.contentType = contentType
        self.contentAttributes = contentAttributes
        self.senderKind = senderKind
        self.senderID = senderID
        self.echoID = echoID
        self.sourceID = sourceID
        self.choice = choice
        self.delivery = delivery
        self.isHeld = isHeld
        self.visibleToVisitor = visibleToVisitor
        self.inboundMailID = inboundMailID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// A mail as it arrived, kept raw. Here only to name its identifiers.
public enum InboundMail {}

/// A mail that leaves. Here only to name its identifiers.
public enum OutgoingMailRow {}
