import Conversations

/// One thing that an operator looks at (behaviour §10): how it stands, and where it does not stand well, what to do and where.
public struct HealthItem: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable {
        case good
        /// Works, and somebody should look.
        case attention
        case bad
        /// Not in use here.
        case off
    }

    public enum Code: String, Sendable, CaseIterable {
        case relay
        case inboxRelay = "inbox_relay"
        case mailbox
        case continuityCheck = "continuity_check"
        case waitingMail = "waiting_mail"
        case queues, held, quarantined, failed, bounces, loops, disk, certificate
    }

    public var code: Code
    public var state: State
    /// How it stands, a sentence.
    public var words: String
    /// What to do, a sentence; nil where nothing is to be done.
    public var advice: String?
    /// The dashboard's page that mends it; nil where it is mended elsewhere.
    public var link: String?
    /// Whose it is; nil: the account's or the installation's.
    public var inbox: ID<Inbox>?
    /// How many, where it is about a number.
    public var count: Int64?
    /// Since when, or when last.
    public var at: Instant?

    init(_ code: Code, _ state: State, _ words: String, advice: String? = nil, link: String? = nil) {
        self.code = code
        self.state = state
        self.words = words
        self.advice = advice
        self.link = link
    }

    func of(_ inbox: ID<Inbox>) -> HealthItem { with { $0.inbox = inbox } }
    func counting(_ count: Int64) -> HealthItem { with { $0.count = count } }
    func at(_ moment: Instant?) -> HealthItem { with { $0.at = moment } }

    private func with(_ change: (inout HealthItem) -> Void) -> HealthItem {
        var item = self
        change(&item)
        return item
    }
}

/// The dashboard's pages that health links to.
enum HealthLink {
    static let mailDesk = "/app/mail"

    static func email(of inbox: ID<Inbox>) -> String { "/app/settings/inboxes/\(inbox)/email" }
    static func conversation(_ number: Int64?) -> String? { number.map { "/app/conversations/\($0)" } }
}
