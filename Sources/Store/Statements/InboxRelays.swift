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
        try run(
            """
            UPDATE jobs SET lane = ? WHERE queue = 'outbox' AND lane = 0 AND (SELECT inbox_id FROM outbox WHERE id = jobs.subject_id) = ?
            """, [relay.inboxID, relay.inboxID])
        announce(.queue(.outbox))
    }

    public func forgetRelay(of inbox: ID<Inbox>) throws {
        try run("DELETE FROM inbox_relays WHERE inbox_id = ?", [inbox])
        try run("UPDATE jobs SET lane = 0 WHERE queue = 'outbox' AND lane = ?", [inbox])
        announce(.queue(.outbox))
    }

    /// The lanes of all inboxes' own relays in which mail waits that nobody holds, the one that waits longest first; at most 1000.
    public func relayLanes(at now: Instant) throws -> [QueueLane] {
        try rows(
            """
            SELECT inbox_id, account_id, due FROM (
                SELECT inbox_id, account_id, (SELECT due_at FROM jobs WHERE queue = 'outbox' AND lane = inbox_relays.inbox_id
                    AND lease_until <= ? ORDER BY due_at LIMIT 1) AS due FROM inbox_relays) AS lanes
            WHERE due IS NOT NULL ORDER BY due LIMIT 1000
            """, [now]
        ).map {
            var row = $0.reader()
            return QueueLane(inboxID: try row.id(), accountID: try row.id(), due: try row.instant())
        }
    }
}
