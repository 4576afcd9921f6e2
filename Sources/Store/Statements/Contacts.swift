import Conversations

extension Connection {
    private var contactColumns: String {
        """
        id, account_id, name, email, email_state, phone_number, identifier, blocked, additional_attributes, custom_attributes,
        last_activity_at, created_at
        """
    }

    private func contact(_ row: Row) throws -> Contact {
        var row = row.reader()
        return Contact(
            id: try row.id(), accountID: try row.id(), name: try row.text(), email: try row.optionalText(),
            emailState: try row.optionalWord(), phoneNumber: try row.optionalText(), identifier: try row.optionalText(),
            blocked: try row.bool(), additionalAttributes: try row.text(), customAttributes: try row.text(),
            lastActivityAt: try row.optionalInstant(), createdAt: try row.instant())
    }

    /// Stores a new contact and its address; its `id` is ignored and the stored one given back.
    public func createContact(_ draft: Contact) throws -> Contact {
        var contact = draft
        contact.id = ID(
            try insert(
                """
                INSERT INTO contacts (account_id, name, email, email_state, phone_number, identifier, blocked, additional_attributes,
                    custom_attributes, last_activity_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                [
                    draft.accountID, draft.name, draft.email, draft.emailState?.rawValue, draft.phoneNumber, draft.identifier,
                    draft.blocked,
                    draft.additionalAttributes, draft.customAttributes, draft.lastActivityAt, draft.createdAt,
                ]))
        try keepAddress(of: contact, at: draft.createdAt)
        return contact
    }

    /// Writes all that may change of a contact, and keeps its address among those it had.
    public func updateContact(_ contact: Contact, at now: Instant) throws {
        try run(
            """
            UPDATE contacts SET name = ?, email = ?, email_state = ?, phone_number = ?, identifier = ?, blocked = ?,
                additional_attributes = ?, custom_attributes = ?, last_activity_at = ? WHERE id = ?
            """,
            [
                contact.name, contact.email, contact.emailState?.rawValue, contact.phoneNumber, contact.identifier, contact.blocked,
                contact.additionalAttributes, contact.customAttributes, contact.lastActivityAt, contact.id,
            ])
        try keepAddress(of: contact, at: now)
    }

    private func keepAddress(of contact: Contact, at now: Instant) throws {
        guard let email = contact.email, let state = contact.emailState else { return }
        try addAddress(email, state: state, to: contact, at: now)
    }

    /// One more address of a contact, or a new state of one that it has.
    public func addAddress(_ address: String, state: AddressState, to contact: Contact, at now: Instant) throws {
        try run(
            """
            INSERT INTO contact_addresses (contact_id, address, account_id, state, created_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (contact_id, address) DO UPDATE SET state = excluded.state
            """,
            [contact.id, address, contact.accountID, state.rawValue, now])
    }

    public func addresses(of contact: ID<Contact>) throws -> [(address: String, state: AddressState)] {
        try rows("SELECT address, state FROM contact_addresses WHERE contact_id = ? ORDER BY created_at LIMIT 100", [contact]).map {
            var row = $0.reader()
            return (try row.text(), try row.word())
        }
    }

    public func contact(_ id: ID<Contact>) throws -> Contact? {
        try rows("SELECT \(contactColumns) FROM contacts WHERE id = ?", [id]).first.map(contact)
    }

    public func contacts(_ ids: [ID<Contact>]) throws -> [Contact] {
        guard !ids.isEmpty else { return [] }
        return try rows("SELECT \(contactColumns) FROM contacts WHERE id IN (\(placeholders(ids.count)))", ids).map(contact)
    }

    /// Who owns this lower-cased address: a contact that has proven it, else one that mail opened, never one that only typed it.
    public func contact(owning address: String, in account: ID<Account>) throws -> Contact? {
        try rows(
            """
            SELECT \(contactColumns) FROM contacts WHERE id = (
                SELECT a.contact_id FROM contact_addresses a WHERE a.account_id = ? AND a.address = ?
                AND (a.state <> 'claimed' OR NOT EXISTS (SELECT 1 FROM visitor_sessions s WHERE s.contact_id = a.contact_id))
                ORDER BY CASE a.state WHEN 'proven' THEN 0 ELSE 1 END, a.contact_id LIMIT 1)
            """,
            [account, address]
        ).first.map(contact)
    }

    /// Somebody else who has proven this address: "says to be …" (behaviour §7).
    public func contactWithProven(_ address: String, in account: ID<Account>, otherThan id: ID<Contact>) throws -> Contact? {
        try rows(
            """
            SELECT \(contactColumns) FROM contacts WHERE id = (
                SELECT contact_id FROM contact_addresses WHERE account_id = ? AND address = ? AND state = 'proven' AND contact_id <> ?
                ORDER BY contact_id LIMIT 1)
            """,
            [account, address, id]
        ).first.map(contact)
    }

    public func contact(identifier: String, in account: ID<Account>) throws -> Contact? {
        try rows(
            "SELECT \(contactColumns) FROM contacts WHERE account_id = ? AND identifier = ? ORDER BY id LIMIT 1", [account, identifier]
        ).first.map(contact)
    }

    /// Contacts by a condition that this module wrote.
    func contacts(where condition: String, _ tail: String, _ arguments: [(any Bindable)?]) throws -> [Contact] {
        try rows("SELECT \(contactColumns) FROM contacts WHERE \(condition) \(tail)", arguments).map(contact)
    }
}
