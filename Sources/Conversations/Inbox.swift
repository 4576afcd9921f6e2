/// A door: a website or an email address.
public struct Inbox: Sendable, Hashable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case website = "web_widget"
        case email
    }

    public var id: ID<Inbox>
    public var accountID: ID<Account>
    public var kind: Kind
    public var name: String
    /// The website's public token; nil for an `email` inbox.
    public var websiteToken: String?
    public var websiteURL: String?
    /// The address of an `email` inbox, lower-cased, or the From address of a website's mail; nil means `mail.from`.
    public var address: String?
    /// Sub-domain used for reply addresses and nothing else; nil means `mail.reply-domain`.
    public var replyDomain: String?
    /// Key for signing visitors' identities.
    public var hmacToken: String
    public var hmacMandatory: Bool
    public var continuityViaEmail: Bool
    public var lockToSingleConversation: Bool
    /// Everything else that an administrator may set, as a JSON object (greeting, colours, texts, timing).
    public var settings: String
    public var createdAt: Instant
    /// Its mail is fetched from a mailbox, in which answers to its address with a `+detail` arrive too.
    public var hasMailbox = false

    public init(
        id: ID<Inbox>, accountID: ID<Account>, kind: Kind, name: String, websiteToken: String?, websiteURL: String?,
        address: String?, replyDomain: String?, hmacToken: String, hmacMandatory: Bool, continuityViaEmail: Bool,
        lockToSingleConversation: Bool, settings: String, createdAt: Instant
    ) {
        self.id = id
        self.accountID = accountID
        self.kind = kind
        self.name = name
        self.websiteToken = websiteToken
        self.websiteURL = websiteURL
        self.address = address
        self.replyDomain = replyDomain
        self.hmacToken = hmacToken
        self.hmacMandatory = hmacMandatory
        self.continuityViaEmail = continuityViaEmail
        self.lockToSingleConversation = lockToSingleConversation
        self.settings = settings
        self.createdAt = createdAt
    }
}
