import Synchronization

/// One mail of a customer, from its writing to its 250.
struct CustomerMail: Sendable {
    var number: Int
    var thread: Int
    var recipient: String
    var text: String
    /// The words that it is found by in the conversation.
    var mark: String
}

/// What was sent and what was answered, shared by all connections. Everything stands behind one lock.
final class Ledger: Sendable {
    struct Book: Sendable {
        let seed: UInt64
        /// Mails that may be sent now, and how many of them the senders have taken.
        var open: [CustomerMail] = []
        var taken = 0
        /// Numbers of mails that were answered 250.
        var answered: Set<Int> = []
        /// Sendings that ended without an answer and were made again.
        var repeated = 0
        /// Agent messages that the API took, by mark.
        var replies: [String: Int] = [:]
        var repeatedReplies = 0
        /// How often the server was killed.
        var kills = 0
        /// What the sink got: mark → Message-IDs, one for each time.
        var mailed: [String: [String]] = [:]
        /// The reply address and Message-ID of the last mail to each customer.
        var lastMail: [String: SunkMail] = [:]
        /// How often the relay took each mail, by Message-ID.
        var copies: [String: Int] = [:]
        /// Whether the relay says “later” to some mails, once each, and hangs up on some behind their final dot, once each.
        var isMoody = false
        var putOff: Set<String> = []
        var hungUp: Set<String> = []
        var isOver = false
    }

    private let book: Mutex<Book>

    init(seed: UInt64) { book = Mutex(Book(seed: seed)) }

    func with<Result>(_ body: (inout sending Book) -> sending Result) -> sending Result { book.withLock(body) }
}

/// A mail that the sink took.
struct SunkMail: Sendable {
    var to: String
    var replyTo: String
    var messageID: String
    var body: String
}
