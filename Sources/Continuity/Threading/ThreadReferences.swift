/// `In-Reply-To` and `References` of a mail of a conversation, rebuilt from its history (RFC 5322 §3.6.4; behaviour §4).
///
/// They come from what is stored and not from the mail that is answered: some clients cut that list or replace it.
public struct ThreadReferences: Sendable, Hashable {
    /// A mail of the conversation, in or out.
    public struct Entry: Sendable, Hashable {
        /// Message-ID, with or without angle brackets.
        public var id: String
        public var fromCustomer: Bool

        public init(id: String, fromCustomer: Bool) {
            self.id = id
            self.fromCustomer = fromCustomer
        }
    }

    /// Without angle brackets; nil in the first mail of a conversation.
    public var inReplyTo: String?
    /// Without angle brackets, oldest first, each once.
    public var references: [String]

    /// Bytes of the list as it stands in a header, at most: the servers that cut header fields do so from 4 kB on.
    public static let limit = 4_000

    /// - Parameters:
    ///   - history: the conversation's mails, oldest first.
    ///   - root: an id that stands for the conversation itself, for one that began in chat: every mail of it names this one first, so
    ///     that mail clients make one thread even of mails that answer nothing.
    ///
    /// `In-Reply-To` is the customer's last mail, or else our own last one. The list keeps its first id, by which clients find the
    /// thread, and as many of the newest as there is room for.
    public init(history: [Entry], root: String? = nil) {
        var seen: Set<String> = []
        var ids: [String] = []
        for raw in [root].compactMap({ $0 }) + history.map(\.id) {
            if let id = MessageIDText.plain(raw), seen.insert(id).inserted { ids.append(id) }
        }
        let answered =
            history.last { $0.fromCustomer && MessageIDText.plain($0.id) != nil } ?? history.last { MessageIDText.plain($0.id) != nil }
        inReplyTo = answered.flatMap { MessageIDText.plain($0.id) } ?? ids.last
        // The mail that is answered comes last in the list (RFC 5322 §3.6.4).
        if let inReplyTo, let at = ids.firstIndex(of: inReplyTo), ids.count > 1, at > 0 {
            ids.remove(at: at)
            ids.append(inReplyTo)
        }
        references = Self.fitting(ids)
    }

    private static func fitting(_ ids: [String]) -> [String] {
        guard let first = ids.first else { return [] }
        // Each id takes its brackets and a space or line break.
        var room = limit - first.utf8.count - 3
        var newest: [String] = []
        for id in ids.dropFirst().reversed() {
            room -= id.utf8.count + 3
            if room < 0 { break }
            newest.append(id)
        }
        return [first] + newest.reversed()
    }
}
