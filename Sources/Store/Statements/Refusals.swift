import Conversations

// Mails that were refused at the door. They are rows like every mail's, without bytes.
extension Connection {
    /// How many an account has since a moment: in all, and from one peer.
    public func refusals(of account: ID<Account>, since: Instant, from address: String?) throws -> (all: Int64, fromAddress: Int64) {
        let found = try rows(
            """
            SELECT COUNT(*), COUNT(CASE WHEN remote_address = ? THEN 1 END) FROM inbound_mails
            WHERE outcome = 'refused' AND account_id = ? AND received_at >= ?
            """, [address ?? "", account, since])
        guard var row = found.first?.reader() else { return (0, 0) }
        return (try row.integer(), try row.integer())
    }

    /// Writes a refusal down. It was never more than an envelope, and nothing is to be done with it.
    public func recordRefusal(_ mail: StoredMail) throws -> ID<InboundMail> {
        ID(
            try insert(
                """
                INSERT INTO inbound_mails (account_id, received_at, ingress, remote_address, helo, envelope_from, recipients, size, outcome,
                    reason, processed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'refused', ?, ?) RETURNING id
                """,
                [
                    mail.accountID, mail.receivedAt, mail.ingress, mail.remoteAddress, mail.helo, mail.envelopeFrom,
                    mail.recipients.joined(separator: "\n"), mail.size, mail.reason, mail.receivedAt,
                ]))
    }

    /// Forgets refusals before a moment that have no bytes. Answers how many went.
    public func forgetRefusals(before limit: Instant, atMost count: Int) throws -> Int {
        try run(
            """
            DELETE FROM inbound_mails WHERE id IN (
                SELECT id FROM inbound_mails WHERE outcome = 'refused' AND received_at < ? AND content_hash IS NULL
                AND NOT EXISTS (SELECT 1 FROM inbound_raw WHERE mail_id = inbound_mails.id) ORDER BY received_at LIMIT ?)
            """, [limit, count])
    }

    /// The accounts that have an inbox with an address or reply addresses in this lower-cased domain; at most two, which is enough to
    /// tell whose it is.
    public func accounts(withDomain domain: String) throws -> [ID<Account>] {
        try rows(
            """
            SELECT account_id FROM inboxes WHERE reply_domain = ?
            UNION SELECT account_id FROM inboxes WHERE LOWER(SUBSTR(address, LENGTH(address) - LENGTH(?))) = '@' || ? ORDER BY 1 LIMIT 2
            """, [domain, domain, domain]
        ).map {
            var row = $0.reader()
            return try row.id()
        }
    }

    /// The account of an installation that has only one.
    public func onlyAccount() throws -> ID<Account>? {
        let found = try rows("SELECT id FROM accounts ORDER BY id LIMIT 2", [])
        guard found.count == 1, var row = found.first?.reader() else { return nil }
        return try row.id()
    }
}
