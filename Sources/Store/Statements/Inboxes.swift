import Conversations

extension Connection {
    private var inboxColumns: String {
        """
        id, account_id, kind, name, website_token, website_url, address, reply_domain, hmac_token, hmac_mandatory, continuity_via_email,
        lock_to_single_conversation, settings, created_at,
        EXISTS (SELECT 1 FROM imap_mailboxes WHERE inbox_id = inboxes.id)
        """
    }

    private func inbox(_ row: Row) throws -> Inbox {
        var row = row.reader()
        var inbox = Inbox(
            id: try row.id(), accountID: try row.id(), kind: try row.word(), name: try row.text(), websiteToken: try row.optionalText(),
            websiteURL: try row.optionalText(), address: try row.optionalText(), replyDomain: try row.optionalText(),
            hmacToken: try row.text(), hmacMandatory: try row.bool(), continuityViaEmail: try row.bool(),
            lockToSingleConversation: try row.bool(), settings: try row.text(), createdAt: try row.instant())
        inbox.hasMailbox = try row.bool()
        return inbox
    }

    /// Stores a new inbox; its `id` is ignored and the stored one given back.
    public func createInbox(_ draft: Inbox) throws -> Inbox {
        var inbox = draft
        inbox.id = ID(
            try insert(
                """
                INSERT INTO inboxes (account_id, kind, name, website_token, website_url, address, reply_domain, hmac_token, hmac_mandatory,
                    continuity_via_email, lock_to_single_conversation, settings, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                [
                    draft.accountID, draft.kind.rawValue, draft.name, draft.websiteToken, draft.websiteURL, draft.address,
                    draft.replyDomain, draft.hmacToken, draft.hmacMandatory, draft.continuityViaEmail, draft.lockToSingleConversation,
                    draft.settings, draft.createdAt,
                ]))
        return inbox
    }

    public func updateInbox(_ inbox: Inbox) throws {
        try run(
            """
            UPDATE inboxes SET name = ?, website_url = ?, address = ?, reply_domain = ?, hmac_mandatory = ?, continuity_via_email = ?,
                lock_to_single_conversation = ?, settings = ? WHERE id = ?
            """,
            [
                inbox.name, inbox.websiteURL, inbox.address, inbox.replyDomain, inbox.hmacMandatory, inbox.continuityViaEmail,
                inbox.lockToSingleConversation, inbox.settings, inbox.id,
            ])
    }

    public func inbox(_ id: ID<Inbox>) throws -> Inbox? {
        try rows("SELECT \(inboxColumns) FROM inboxes WHERE id = ?", [id]).first.map(inbox)
    }

    public func inboxes(of account: ID<Account>) throws -> [Inbox] {
        try rows("SELECT \(inboxColumns) FROM inboxes WHERE account_id = ? ORDER BY id LIMIT 1000", [account]).map(inbox)
    }

    /// Of every account, for commands.
    public func allInboxes(limit: Int) throws -> [Inbox] {
        try rows("SELECT \(inboxColumns) FROM inboxes ORDER BY id LIMIT ?", [limit]).map(inbox)
    }

    public func inbox(websiteToken: String) throws -> Inbox? {
        try rows("SELECT \(inboxColumns) FROM inboxes WHERE website_token = ?", [websiteToken]).first.map(inbox)
    }

    /// The `email` inbox that receives at this lower-cased address.
    public func emailInbox(address: String) throws -> Inbox? {
        try rows("SELECT \(inboxColumns) FROM inboxes WHERE address = ? AND kind = 'email' ORDER BY id LIMIT 1", [address]).first.map(inbox)
    }

    /// Those that have an address or reply addresses in this lower-cased domain, the oldest first; at most 100.
    public func inboxes(withDomain domain: String) throws -> [Inbox] {
        try rows(
            """
            SELECT \(inboxColumns) FROM inboxes
            WHERE reply_domain = ? OR LOWER(SUBSTR(address, LENGTH(address) - LENGTH(?))) = '@' || ? ORDER BY id LIMIT 100
            """, [domain, domain, domain]
        ).map(inbox)
    }

    /// Whether the account itself sends or receives as this lower-cased address: mail from it is a loop.
    public func isOwnAddress(_ address: String, in account: ID<Account>) throws -> Bool {
        try !rows("SELECT 1 FROM inboxes WHERE address = ? AND account_id = ? LIMIT 1", [address, account]).isEmpty
    }
}
