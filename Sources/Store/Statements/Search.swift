import Conversations

/// What somebody typed into the search: every word must be there, the last one may be unfinished.
public struct SearchWords: Sendable, Hashable {
    /// More words than this are not looked for; longer ones are cut.
    static let most = 10
    static let longest = 64

    /// As FTS5 reads it: each word a string of its own, so that nothing in it is an operator; nil where there is no letter and no digit.
    let query: String?
    /// A conversation's number may be searched for as it is shown: `#17` or `17`.
    let number: Int64?

    public init(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map { String($0.prefix(Self.longest)) }
            .filter { $0.contains { $0.isLetter || $0.isNumber } }.prefix(Self.most)
        let quoted = words.map { "\"\($0.replacing("\"", with: "\"\"").replacing("\0", with: ""))\"" }
        query = quoted.isEmpty ? nil : quoted.joined(separator: " ") + "*"
        let digits = words.count == 1 ? words.first.map { $0.hasPrefix("#") ? $0.dropFirst() : $0[...] } : nil
        number = digits.flatMap { Int64($0) }
    }
}

/// Where in a conversation the words stand.
public struct SearchHit: Sendable, Hashable {
    public struct Piece: Sendable, Hashable {
        public let text: String
        public let isFound: Bool
    }

    public let message: ID<Message>
    /// A few words around, cut into what was searched for and what stands between.
    public let pieces: [Piece]
}

extension SearchWords {
    /// So many of the newest messages, subjects and contacts with these words are looked at; whoever wants older ones says one word more.
    static let looked = 2000

    /// The ids of the conversations in which the words are said, or whose subject or customer has them.
    func conversations(in account: ID<Account>) -> (sql: String, arguments: [(any Bindable)?]) {
        let byNumber = "SELECT id FROM conversations WHERE account_id = ? AND display_id = ?"
        guard let query else { return ("SELECT NULL WHERE 0", []) }
        let sql = """
            SELECT conversation_id FROM (\(Self.newestMessages("m.conversation_id")))
            UNION SELECT id FROM (SELECT c.id FROM conversation_words w JOIN conversations c ON c.id = w.rowid
                WHERE conversation_words MATCH ? AND c.account_id = ? ORDER BY w.rowid DESC LIMIT \(Self.looked))
            UNION SELECT id FROM conversations WHERE contact_id IN (SELECT c.id FROM contact_words w JOIN contacts c ON c.id = w.rowid
                WHERE contact_words MATCH ? AND c.account_id = ? ORDER BY w.rowid DESC LIMIT \(Self.looked))
            """
        let arguments: [(any Bindable)?] = [query, account, query, account, query, account]
        guard let number else { return (sql, arguments) }
        return ("\(sql) UNION \(byNumber)", arguments + [account, number])
    }

    fileprivate static func newestMessages(_ columns: String) -> String {
        """
        SELECT \(columns) FROM message_words w JOIN messages m ON m.id = w.rowid
        WHERE message_words MATCH ? AND m.account_id = ? ORDER BY w.rowid DESC LIMIT \(looked)
        """
    }
}

extension Connection {
    /// The newest message of each of these conversations in which all the words stand.
    public func hits(of words: SearchWords, in conversations: [ID<Conversation>], account: ID<Account>) throws -> [ID<Conversation>:
        SearchHit]
    {
        guard let query = words.query, !conversations.isEmpty else { return [:] }
        let newest = try rows(
            """
            SELECT conversation_id, MAX(id) FROM (\(SearchWords.newestMessages("m.conversation_id, m.id")))
            WHERE conversation_id IN (\(placeholders(conversations.count))) GROUP BY conversation_id
            """, [query, account] + conversations)
        var places: [ID<Message>: ID<Conversation>] = [:]
        for row in newest {
            var row = row.reader()
            let conversation: ID<Conversation> = try row.id()
            places[try row.id()] = conversation
        }
        guard !places.isEmpty else { return [:] }
        let found = try rows(
            """
            SELECT rowid, snippet(message_words, 0, char(2), char(3), '…', 12) FROM message_words
            WHERE message_words MATCH ? AND rowid IN (\(placeholders(places.count)))
            """, [query] + Array(places.keys))
        var hits: [ID<Conversation>: SearchHit] = [:]
        for row in found {
            var row = row.reader()
            let message: ID<Message> = try row.id()
            let text = try row.text()
            if let conversation = places[message] { hits[conversation] = SearchHit(message: message, pieces: pieces(of: text)) }
        }
        return hits
    }

    /// Cuts at the marks of `snippet`: 2 begins what was found, 3 ends it.
    private func pieces(of text: String) -> [SearchHit.Piece] {
        var pieces: [SearchHit.Piece] = []
        for (index, part) in text.split(separator: "\u{2}", omittingEmptySubsequences: false).enumerated() {
            let halves = part.split(separator: "\u{3}", maxSplits: 1, omittingEmptySubsequences: false)
            if index > 0, let found = halves.first, !found.isEmpty { pieces.append(.init(text: String(found), isFound: true)) }
            if let rest = index == 0 ? part : halves.dropFirst().first, !rest.isEmpty {
                pieces.append(.init(text: String(rest).replacing("\u{3}", with: ""), isFound: false))
            }
        }
        return pieces
    }
}
