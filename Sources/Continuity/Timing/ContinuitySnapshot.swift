import Conversations

/// All that the decision about one conversation's mail depends on. Two equal snapshots give equal decisions.
public struct ContinuitySnapshot: Sendable, Hashable {
    /// A message of the conversation, as far as the decision needs it.
    public struct Entry: Sendable, Hashable {
        public var id: ID<Message>
        public var kind: Message.Kind
        public var isPrivate: Bool
        /// Chatwoot's `content_type`; `input_csat` is the satisfaction survey.
        public var contentType: String
        public var choice: Message.Choice
        public var createdAt: Instant
        /// The state that is stored with the message; nil while it was never decided.
        public var delivery: DeliveryState?
        /// Who gets a copy of the mail that carries it.
        public var copies: [String]

        public init(
            id: ID<Message>, kind: Message.Kind, isPrivate: Bool = false, contentType: String = "text",
            choice: Message.Choice = .automatic, createdAt: Instant, delivery: DeliveryState? = nil, copies: [String] = []
        ) {
            self.id = id
            self.kind = kind
            self.isPrivate = isPrivate
            self.contentType = contentType
            self.choice = choice
            self.createdAt = createdAt
            self.delivery = delivery
            self.copies = copies
        }

        public init(_ message: Message) {
            self.init(
                id: message.id, kind: message.kind, isPrivate: message.isPrivate, contentType: message.contentType,
                choice: message.choice, createdAt: message.createdAt, delivery: message.delivery)
        }
    }

    /// In any order. Those that were mailed or seen long ago may be left out; deleted ones must be.
    public var messages: [Entry]
    /// The channel that the customer last wrote by.
    public var mode: Message.Channel
    /// Watermark: all that was created up to here was seen by the customer.
    public var contactLastSeenAt: Instant?
    public var presence: VisitorPresence
    /// The last keystroke of any agent in this conversation's reply field.
    public var agentTypedAt: Instant?
    /// The last keystroke of the visitor in the widget.
    public var visitorTypedAt: Instant?
    /// When the last mail of this conversation was put into the outbox.
    public var lastMailAt: Instant?
    public var address: String?
    /// nil, with an address, counts as claimed.
    public var addressState: AddressState?
    /// Mails sent to the claimed address since it last answered.
    public var unprovenMails: Int
    public var muted: Bool
    public var blocked: Bool
    public var loopStopped: Bool
    public var inboxKind: Inbox.Kind
    public var continuityViaEmail: Bool
    /// Whether mail can leave and come back: a relay, a From address and a reply domain are known.
    public var mailConfigured: Bool

    public init(
        messages: [Entry], mode: Message.Channel, contactLastSeenAt: Instant? = nil, presence: VisitorPresence = .unknown,
        agentTypedAt: Instant? = nil, visitorTypedAt: Instant? = nil, lastMailAt: Instant? = nil, address: String?,
        addressState: AddressState?, unprovenMails: Int = 0, muted: Bool = false, blocked: Bool = false,
        loopStopped: Bool = false, inboxKind: Inbox.Kind = .website, continuityViaEmail: Bool = true,
        mailConfigured: Bool = true
    ) {
        self.messages = messages
        self.mode = mode
        self.contactLastSeenAt = contactLastSeenAt
        self.presence = presence
        self.agentTypedAt = agentTypedAt
        self.visitorTypedAt = visitorTypedAt
        self.lastMailAt = lastMailAt
        self.address = address
        self.addressState = addressState
        self.unprovenMails = unprovenMails
        self.muted = muted
        self.blocked = blocked
        self.loopStopped = loopStopped
        self.inboxKind = inboxKind
        self.continuityViaEmail = continuityViaEmail
        self.mailConfigured = mailConfigured
    }

    /// The snapshot of these rows; what other tables hold is passed beside them.
    public init(
        conversation: Conversation, contact: Contact, inbox: Inbox, messages: [Message], presence: VisitorPresence,
        visitorTypedAt: Instant?, mailConfigured: Bool
    ) {
        self.init(
            messages: messages.map(Entry.init), mode: conversation.mode, contactLastSeenAt: conversation.contactLastSeenAt,
            presence: presence, agentTypedAt: conversation.agentTypingAt, visitorTypedAt: visitorTypedAt,
            lastMailAt: conversation.lastMailAt, address: contact.email, addressState: contact.emailState,
            unprovenMails: conversation.unprovenMails, muted: conversation.muted, blocked: contact.blocked,
            loopStopped: conversation.loopStopped, inboxKind: inbox.kind, continuityViaEmail: inbox.continuityViaEmail,
            mailConfigured: mailConfigured)
    }
}
