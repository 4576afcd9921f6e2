/// Who hands mail over by HTTP, as in the path of its requests.
public enum ProviderKind: String, Sendable, CaseIterable {
    case postmark, mailgun, sendgrid, ses, mandrill
    /// Any program that signs, as docs/api.md says.
    case raw

    public var title: String {
        switch self {
        case .postmark: "Postmark"
        case .mailgun: "Mailgun"
        case .sendgrid: "SendGrid"
        case .ses: "Amazon SES"
        case .mandrill: "Mandrill"
        case .raw: "the signed endpoint"
        }
    }

    /// The path to register. Mailgun sends the mail as it came only to a path that ends with `mime`.
    public var path: String { self == .mailgun ? "/inbound/mailgun/mime" : "/inbound/\(rawValue)" }

    /// The path of Rails' Action Mailbox for the same; it has none for Amazon.
    public var actionMailboxPath: String? {
        switch self {
        case .ses: nil
        case .mailgun: "/rails/action_mailbox/mailgun/inbound_emails/mime"
        case .raw: "/rails/action_mailbox/relay/inbound_emails"
        default: "/rails/action_mailbox/\(rawValue)/inbound_emails"
        }
    }
}

/// A provider's request as it came, unproven.
public struct ProviderRequest: Sendable {
    public struct Field: Sendable {
        public var name: String
        public var value: [UInt8]

        public init(name: String, value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    public var kind: ProviderKind
    /// It came to a path of Rails' Action Mailbox.
    public var isActionMailbox: Bool
    /// The address that it was sent to, as the provider knows it.
    public var url: String
    /// Names in small letters.
    public var headers: [String: String]
    /// Of the address: `recipient` and `sender` of the signed endpoint.
    public var recipients: [String]
    public var sender: String?
    public var body: [UInt8]
    /// The body's fields where it is a form.
    public var fields: [Field]

    public init(
        kind: ProviderKind, isActionMailbox: Bool = false, url: String, headers: [String: String], recipients: [String] = [],
        sender: String? = nil, body: [UInt8], fields: [Field] = []
    ) {
        self.kind = kind
        self.isActionMailbox = isActionMailbox
        self.url = url
        self.headers = headers
        self.recipients = recipients
        self.sender = sender
        self.body = body
        self.fields = fields
    }

    func field(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }
    func text(_ name: String) -> String? { field(name).map { String(decoding: $0, as: UTF8.self) } }
}

/// A mail as a provider gave it.
struct ProvidedMail: Sendable {
    var raw: [UInt8]
    var sender: String?
    var recipients: [String]
}

/// The key of an inbox, opened.
struct ProviderKey: Sendable {
    var secret: String
    var topic: String?
}

/// Why a delivery is not taken, each a sentence for whoever set the provider up.
public enum DeliveryProblem: Error, Sendable, CustomStringConvertible {
    /// Not signed by a key that is known here. Later it may be.
    case unproven(String)
    /// For good: the provider should not try it again.
    case refused(String)
    /// Not now: the provider should try again.
    case tryAgain(String)

    public var description: String {
        switch self {
        case .unproven(let words), .refused(let words), .tryAgain(let words): words
        }
    }
}
