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

/// Where the words were found, once for all that is asked of it: the page, the numbers of the tabs, the pieces of text.
public struct SearchResult: Sendable, Hashable {
    let words: SearchWords
    /// The conversations in which the words are said, or whose subject, customer or number has them.
    public let conversations: [ID<Conversation>]
    /// The newest message of a conversation with all the words.
    let newest: [ID<Conversation>: ID<Message>]
}

extension SearchWords {
    /// So many of the newest messages, subjects and contacts with these words are looked at; whoever wants older ones says one word more.
    static let looked = 2000
}

extension Connection {
    /// Looks for the words in messages, subjects and contacts.
    public func find(_ words: SearchWords, in account: ID<Account>) throws -> SearchResult {
        guard let query = words.query else { return SearchResult(words: words, conversations: [], newest: [:]) }
        var newest: [ID<Conversation>: ID<Message>] = [:]
        for row in try rows(
            """
            SELECT m.conversation_id, m.id FROM message_words w JOIN messages m ON m.id = w.rowid
            WHERE message_words MATCH ? AND m.account_id = ? ORDER BY w.rowid DESC LIMIT \(SearchWords.looked)
            """, [query, account])
        {
            var row = row.reader()
            let conversation: ID<Conversation> = try row.id()
            let message: ID<Message> = try row.id()
            newest[conversation] = newest[conversation] ?? message
        }
        var found = Set(newest.keys)
        for row in try rows(
            """
            SELECT id FROM (SELECT c.id FROM conversation_words w JOIN conversations c ON c.id = w.rowid
                WHERE conversation_words MATCH ? AND c.account_id = ? ORDER BY w.rowid DESC LIMIT \(SearchWords.looked))
            UNION SELECT id FROM conversations WHERE contact_id IN (SELECT c.id FROM contact_words w JOIN contacts c ON c.id = w.rowid
                WHERE contact_words MATCH ? AND c.account_id = ? ORDER BY w.rowid DESC LIMIT \(SearchWords.looked))
            UNION SELECT id FROM conversations WHERE account_id = ? AND display_id = ?
            """, [query, account, query, account, account, words.number])
        {
            var row = row.reader()
            found.insert(try row.id())
        }
        return SearchResult(words: words, conversations: Array(found), newest: newest)
    }

    /// The newest message of each of these conversations in which all the words stand.
    public func hits(of result: SearchResult, in conversations: [ID<Conversation>]) throws -> [ID<Conversation>: SearchHit] {
        var places: [ID<Message>: ID<Conversation>] = [:]
        for conversation in conversations {
            if let message = result.newest[conversation] { places[message] = conversation }
        }
        guard let query = result.words.query, !places.isEmpty else { return [:] }
        // `+`: one walk through what matches, newest first, until all are there. Row by row, FTS5 would begin anew for each of them,
        // and put together all that an unfinished word may become.
        let found = try rows(
            """
            SELECT rowid, snippet(message_words, 0, char(2), char(3), '…', 12) FROM message_words
            WHERE message_words MATCH ? AND +rowid IN (\(placeholders(places.count))) ORDER BY rowid DESC LIMIT \(places.count)
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
