import Conversations

/// One change, as streams carry it. Its number is the cursor; numbers come in the order of the commits.
public struct StoredEvent: Sendable {
    public var id: Int64
    public var accountID: ID<Account>
    /// Whose visitor may see `visitorPayload`: this contact, in this inbox.
    public var inboxID: ID<Inbox>?
    public var contactID: ID<Contact>?
    public var name: String
    /// JSON for the account's agents.
    public var payload: String
    /// JSON for the visitor; nil where the event is none of the visitor's business.
    public var visitorPayload: String?
}

/// Whom a stream belongs to: it decides what may be read.
public enum Audience: Hashable, Sendable {
    case agents(ID<Account>)
    case visitor(ID<Contact>, ID<Inbox>)
}

extension Connection {
    /// Appends to the journal. Streams learn of it after the commit.
    public func append(
        _ name: EventName, account: ID<Account>, inbox: ID<Inbox>? = nil, contact: ID<Contact>? = nil, payload: String,
        visitorPayload: String? = nil, at now: Instant
    ) throws {
        try run(
            "INSERT INTO events (account_id, inbox_id, contact_id, name, payload, visitor_payload, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [account, inbox, contact, name.rawValue, payload, visitorPayload, now])
        announce(.events)
    }

    private var eventColumns: String { "id, account_id, inbox_id, contact_id, name, payload, visitor_payload" }

    private func event(_ row: Row) throws -> StoredEvent {
        var row = row.reader()
        return StoredEvent(
            id: try row.integer(), accountID: try row.id(), inboxID: try row.optionalID(), contactID: try row.optionalID(),
            name: try row.text(), payload: try row.text(), visitorPayload: try row.optionalText())
    }

    /// The events after a cursor for everybody, oldest first.
    public func events(after cursor: Int64, limit: Int) throws -> [StoredEvent] {
        try rows("SELECT \(eventColumns) FROM events WHERE id > ? ORDER BY id LIMIT ?", [cursor, limit]).map(event)
    }

    /// The events after a cursor that one audience may see, up to and with `last`, oldest first.
    public func events(for audience: Audience, after cursor: Int64, through last: Int64, limit: Int) throws -> [StoredEvent] {
        switch audience {
        case .agents(let account):
            try rows(
                "SELECT \(eventColumns) FROM events WHERE account_id = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?",
                [account, cursor, last, limit]
            ).map(event)
        case .visitor(let contact, let inbox):
            try rows(
                """
                SELECT \(eventColumns) FROM events WHERE contact_id = ? AND visitor_payload IS NOT NULL AND id > ? AND id <= ? AND inbox_id = ?
                ORDER BY id LIMIT ?
                """,
                [contact, cursor, last, inbox, limit]
            ).map(event)
        }
    }

    /// The numbers of the oldest and the newest event; zeros where there is none.
    public func eventBounds() throws -> (oldest: Int64, newest: Int64) {
        // Each by itself: SQLite finds one end of a table at once, and reads all of it for both together.
        let sql = "SELECT COALESCE((SELECT MIN(id) FROM events), 0), COALESCE((SELECT MAX(id) FROM events), 0)"
        guard var row = try rows(sql).first?.reader() else { return (0, 0) }
        return (try row.integer(), try row.integer())
    }

    /// Forgets old events, some at a time; answers how many went.
    public func forgetEvents(before limit: Instant, atMost count: Int) throws -> Int {
        // By time, which has an index; by number, all events are read where none is old.
        try run(
            """
            DELETE FROM events WHERE id IN (SELECT id FROM events WHERE created_at < ? AND id < (SELECT MAX(id) FROM events)
            ORDER BY created_at LIMIT ?)
            """, [limit, count])
    }
}
