import Conversations

/// A page of a website on which a contact was.
public struct VisitorPage: Sendable, Hashable {
    public var url: String
    public var title: String
    /// When the page said so last.
    public var seenAt: Instant

    public init(url: String, title: String, seenAt: Instant) {
        self.url = url
        self.title = title
        self.seenAt = seenAt
    }
}

extension Connection {
    /// The newest first.
    public func pages(of contact: ID<Contact>, limit: Int) throws -> [VisitorPage] {
        try rows(
            "SELECT url, title, seen_at FROM visitor_pages WHERE contact_id = ? ORDER BY seen_at DESC, id DESC LIMIT ?", [contact, limit]
        )
        .map {
            var row = $0.reader()
            return VisitorPage(url: try row.text(), title: try row.text(), seenAt: try row.instant())
        }
    }

    /// Keeps a page as the contact's newest; the one that was the newest before stands there once.
    /// - Parameter most: how many are kept of one contact.
    /// - Returns: whether it is another page than before.
    public func keep(_ page: VisitorPage, of contact: Contact, atMost most: Int) throws -> Bool {
        let newest = "SELECT id FROM visitor_pages WHERE contact_id = ? ORDER BY seen_at DESC, id DESC LIMIT 1"
        let isKnown = try run(
            "UPDATE visitor_pages SET title = ?, seen_at = ? WHERE id IN (\(newest)) AND url = ?",
            [page.title, page.seenAt, contact.id, page.url])
        guard isKnown == 0 else { return false }
        try run(
            "INSERT INTO visitor_pages (account_id, contact_id, url, title, seen_at) VALUES (?, ?, ?, ?, ?)",
            [contact.accountID, contact.id, page.url, page.title, page.seenAt])
        try trimPages(of: contact.id, to: most)
        return true
    }

    /// A merged contact's pages are the other one's.
    func movePages(from old: ID<Contact>, to base: ID<Contact>) throws {
        try run("UPDATE visitor_pages SET contact_id = ? WHERE contact_id = ?", [base, old])
    }

    func trimPages(of contact: ID<Contact>, to most: Int) throws {
        let kept = "SELECT id FROM visitor_pages WHERE contact_id = ? ORDER BY seen_at DESC, id DESC LIMIT ?"
        try run("DELETE FROM visitor_pages WHERE contact_id = ? AND id NOT IN (\(kept))", [contact, contact, most])
    }

    func forgetPages(of contact: ID<Contact>) throws {
        try run("DELETE FROM visitor_pages WHERE contact_id = ?", [contact])
    }

    public func forgetPages(before limit: Instant, atMost most: Int) throws -> Int {
        try run(
            "DELETE FROM visitor_pages WHERE id IN (SELECT id FROM visitor_pages WHERE seen_at < ? ORDER BY seen_at LIMIT ?)",
            [limit, most])
    }
}
