/// A customer.
public struct Contact: Sendable, Hashable {
    public var id: ID<Contact>
    public var accountID: ID<Account>
    public var name: String
    /// The address that mail to this contact goes to, lower-cased; nil until one is known.
    public var email: String?
    /// What is known of `email`; nil where there is none.
    public var emailState: AddressState?
    public var phoneNumber: String?
    /// The website's own name for this person (signed identity).
    public var identifier: String?
    /// Blocked contacts open nothing and get nothing.
    public var blocked: Bool
    /// JSON object, as the API shows it.
    public var additionalAttributes: String
    /// JSON object, as the API shows it.
    public var customAttributes: String
    public var lastActivityAt: Instant?
    public var createdAt: Instant

    public init(
        id: ID<Contact>, accountID: ID<Account>, name: String, email: String?, emailState: AddressState?,
        phoneNumber: String?, identifier: String?, blocked: Bool, additionalAttributes: String,
        customAttributes: String, lastActivityAt: Instant?, createdAt: Instant
    ) {
        self.id = id
        self.accountID = accountID
        self.name = name
        self.email = email
        self.emailState = emailState
        self.phoneNumber = phoneNumber
        self.identifier = identifier
        self.blocked = blocked
        self.additionalAttributes = additionalAttributes
        self.customAttributes = customAttributes
        self.lastActivityAt = lastActivityAt
        self.createdAt = createdAt
    }
}

/// How much is known of an address (behaviour §1).
public enum AddressState: String, Sendable, Codable, CaseIterable {
    /// Typed in the widget, or named in a mail that nothing vouches for.
    case claimed
    /// A mail from it answered one of ours, a link in a mail to it was redeemed, or the website signed it.
    case proven
    /// A permanent bounce came back from it.
    case unreachable
}
