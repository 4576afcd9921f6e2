import Conversations

/// A browser's session with a website inbox, as stored.
public struct StoredVisitorSession: Sendable {
    public var id: ID<VisitorSession>
    public var accountID: ID<Account>
    public var inboxID: ID<Inbox>
    public var contactID: ID<Contact>
    /// Random name inside the session's signed token.
    public var sourceID: String
    /// The website has signed this visitor's identity.
    public var hmacVerified: Bool
}

extension Connection {
    private var sessionColumns: String { "id, account_id, inbox_id, contact_id, source_id, hmac_verified" }

    private func session(_ row: Row) throws -> StoredVisitorSession {
        var row = row.reader()
        return StoredVisitorSession(
            id: try row.id(), accountID: try row.id(), inboxID: try row.id(), contactID: try row.id(), sourceID: try row.text(),
            hmacVerified: try row.bool())
    }

    public func createVisitorSession(
        inbox: Inbox, contact: ID<Contact>, sourceID: String, streamTokenHash: String, hmacVerified: Bool, at now: Instant
    ) throws -> StoredVisitorSession {
        let id = try insert(
            """
            INSERT INTO visitor_sessions (account_id, inbox_id, contact_id, source_id, stream_token_hash, hmac_verified, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            [inbox.accountID, inbox.id, contact, sourceID, streamTokenHash, hmacVerified, now])
        return StoredVisitorSession(
            id: ID(id), accountID: inbox.accountID, inboxID: inbox.id, contactID: contact, sourceID: sourceID, hmacVerified: hmacVerified)
    }

    public func visitorSession(sourceID: String) throws -> StoredVisitorSession? {
        try rows("SELECT \(sessionColumns) FROM visitor_sessions WHERE source_id = ?", [sourceID]).first.map(session)
    }

    public func visitorSession(streamTokenHash hash: String) throws -> StoredVisitorSession? {
        try rows("SELECT \(sessionColumns) FROM visitor_sessions WHERE stream_token_hash = ?", [hash]).first.map(session)
    }

    public func visitorSession(_ id: ID<VisitorSession>) throws -> StoredVisitorSession? {
        try rows("SELECT \(sessionColumns) FROM visitor_sessions WHERE id = ?", [id]).first.map(session)
    }

    /// The newest session of a contact with an inbox.
    public func visitorSession(of contact: ID<Contact>, inbox: ID<Inbox>) throws -> StoredVisitorSession? {
        try rows(
            "SELECT \(sessionColumns) FROM visitor_sessions WHERE contact_id = ? AND inbox_id = ? ORDER BY id DESC LIMIT 1",
            [contact, inbox]
        ).first.map(session)
    }

    /// Puts a session under another contact: only for an identity that the website signed.
    public func moveVisitorSession(_ id: ID<VisitorSession>, to contact: ID<Contact>, hmacVerified: Bool) throws {
        try run("UPDATE visitor_sessions SET contact_id = ?, hmac_verified = ? WHERE id = ?", [contact, hmacVerified, id])
    }
}
