import Conversations

/// What agents write down about a contact, for each other.
public struct ContactNote: Sendable, Hashable {
    public var id: Int64
    public var accountID: ID<Account>
    public var contactID: ID<Contact>
    public var agentID: ID<Agent>
    public var content: String
    public var createdAt: Instant
    public var updatedAt: Instant
}

extension Connection {
    private var noteColumns: String { "id, account_id, contact_id, agent_id, content, created_at, updated_at" }

    private func note(_ row: Row) throws -> ContactNote {
        var row = row.reader()
        return ContactNote(
            id: try row.integer(), accountID: try row.id(), contactID: try row.id(), agentID: try row.id(), content: try row.text(),
            createdAt: try row.instant(), updatedAt: try row.instant())
    }

    /// The newest first.
    public func notes(about contact: ID<Contact>, limit: Int) throws -> [ContactNote] {
        try rows("SELECT \(noteColumns) FROM contact_notes WHERE contact_id = ? ORDER BY id DESC LIMIT ?", [contact, limit]).map(note)
    }

    public func note(_ id: Int64) throws -> ContactNote? {
        try rows("SELECT \(noteColumns) FROM contact_notes WHERE id = ?", [id]).first.map(note)
    }

    public func createNote(about contact: Contact, by agent: ID<Agent>, content: String, at now: Instant) throws -> ContactNote {
        let id = try insert(
            """
            INSERT INTO contact_notes (account_id, contact_id, agent_id, content, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
            RETURNING id
            """, [contact.accountID, contact.id, agent, content, now, now])
        return ContactNote(
            id: id, accountID: contact.accountID, contactID: contact.id, agentID: agent, content: content, createdAt: now, updatedAt: now)
    }

    public func updateNote(_ changed: ContactNote) throws {
        try run("UPDATE contact_notes SET content = ?, updated_at = ? WHERE id = ?", [changed.content, changed.updatedAt, changed.id])
    }

    public func deleteNote(_ id: Int64) throws {
        try run("DELETE FROM contact_notes WHERE id = ?", [id])
    }

    /// A merged contact's notes are about the other one from then on.
    func moveNotes(from old: ID<Contact>, to base: ID<Contact>) throws {
        try run("UPDATE contact_notes SET contact_id = ? WHERE contact_id = ?", [base, old])
    }
}
