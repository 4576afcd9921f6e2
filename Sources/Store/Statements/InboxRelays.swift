import Conversations

/// The relay that an inbox's mail leaves through, in the place of the installation's.
public struct InboxRelay: Sendable {
    public var inboxID: ID<Inbox>
    public var accountID: ID<Account>
    /// Its URL with the password, sealed.
    public var secret: [UInt8]
    /// Its URL without the password.
    public var shown: String
    public var updatedAt: Instant

    public init(inboxID: ID<Inbox>, accountID: ID<Account>, secret: [UInt8], shown: String, updatedAt: Instant) {
        self.inboxID = inboxID
        self.accountID = accountID
        self.secret = secret
        self.shown = shown
        self.updatedAt = updatedAt
    }
}

extension Connection {
    public func relay(of inbox: ID<Inbox>) throws -> InboxRelay? {
        guard
            var row = try rows("SELECT inbox_id, account_id, secret, shown, updated_at FROM inbox_relays WHERE inbox_id = ?", [inbox])
                .first?
                .reader()
        else { return nil }
        return InboxRelay(
            inboxID: try row.id(), accountID: try row.id(), secret: try row.blob(), shown: try row.text(), updatedAt: try row.instant())
    }

    public func keepRelay(_ relay: InboxRelay) throws {
        try run(
            """
            INSERT INTO inbox_relays (inbox_id, account_id, secret, shown, updated_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (inbox_id) DO UPDATE SET secret = excluded.secret, shown = excluded.shown, updated_at = excluded.updated_at
            """, [relay.inboxID, relay.accountID, relay.secret, relay.shown, relay.updatedAt])
    }

    public func forgetRelay(of inbox: ID<Inbox>) throws {
        try run("DELETE FROM inbox_relays WHERE inbox_id = ?", [inbox])
    }
}
