import Conversations

/// Somebody beside the contact whose mail an agent has let into a conversation, or decided about.
public struct Participant: Sendable {
    public enum Standing: String, Sendable, Codable {
        case participant
        /// Mail from here goes into a conversation of its own.
        case separate
        /// Mail from here is kept out.
        case discarded
    }

    public var address: String
    public var contactID: ID<Contact>?
    public var name: String
    public var standing: Standing

    public init(address: String, contactID: ID<Contact>?, name: String, standing: Standing) {
        self.address = address
        self.contactID = contactID
        self.name = name
        self.standing = standing
    }
}

extension Connection {
    public func participant(_ address: String, in conversation: ID<Conversation>) throws -> Participant? {
        try rows(
            "SELECT address, contact_id, name, standing FROM participants WHERE conversation_id = ? AND address = ?",
            [conversation, address]
        ).first.map(participant)
    }

    private func participant(_ row: Row) throws -> Participant {
        var row = row.reader()
        return Participant(address: try row.text(), contactID: try row.optionalID(), name: try row.text(), standing: try row.word())
    }

    public func remember(_ participant: Participant, in conversation: ID<Conversation>, at now: Instant) throws {
        try run(
            """
            INSERT INTO participants (conversation_id, address, contact_id, name, standing, created_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (conversation_id, address) DO UPDATE SET contact_id = excluded.contact_id, name = excluded.name, standing = excluded.standing
            """,
            [conversation, participant.address, participant.contactID, participant.name, participant.standing.rawValue, now])
    }

    /// Keeps what is known already.
    public func rememberIfNew(_ participant: Participant, in conversation: ID<Conversation>, at now: Instant) throws {
        try run(
            """
            INSERT INTO participants (conversation_id, address, contact_id, name, standing, created_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (conversation_id, address) DO NOTHING
            """,
            [conversation, participant.address, participant.contactID, participant.name, participant.standing.rawValue, now])
    }

    public func forgetParticipant(_ address: String, in conversation: ID<Conversation>) throws {
        try run("DELETE FROM participants WHERE conversation_id = ? AND address = ?", [conversation, address])
    }

    /// Everybody whom something is remembered of, in the order of their addresses.
    public func participants(in conversation: ID<Conversation>) throws -> [Participant] {
        try rows(
            "SELECT address, contact_id, name, standing FROM participants WHERE conversation_id = ? ORDER BY address LIMIT 200",
            [conversation]
        ).map(participant)
    }
}
