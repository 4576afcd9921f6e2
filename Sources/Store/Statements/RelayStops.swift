import Conversations

/// A relay that refuses us, whatever the mail: a wrong password, a certificate that is not its own, no encryption. Nothing is handed to
/// it until one careful try has worked or an administrator resumes.
public struct RelayStop: Sendable, Hashable {
    /// The relay without its password.
    public var relay: String
    /// Whose relay it is; nil in both: the installation's.
    public var inboxID: ID<Inbox>?
    public var accountID: ID<Account>?
    public var since: Instant
    /// A sentence for the administrator.
    public var reason: String
    /// When one mail is tried again.
    public var retryAt: Instant

    public init(
        relay: String, inboxID: ID<Inbox>? = nil, accountID: ID<Account>? = nil, since: Instant, reason: String, retryAt: Instant
    ) {
        self.relay = relay
        self.inboxID = inboxID
        self.accountID = accountID
        self.since = since
        self.reason = reason
        self.retryAt = retryAt
    }
}

extension Connection {
    private var stopColumns: String { "relay, inbox_id, account_id, since, reason, retry_at" }

    public func relayStop(_ relay: String) throws -> RelayStop? {
        try rows("SELECT \(stopColumns) FROM relay_stops WHERE relay = ?", [relay]).first.map(relayStop)
    }

    /// Every relay that refuses us: the installation's, and those of inboxes. A row for each, and for as long as it does.
    public func relayStops() throws -> [RelayStop] {
        try rows("SELECT \(stopColumns) FROM relay_stops ORDER BY relay LIMIT 1000").map(relayStop)
    }

    /// Writes a stop down, or its new reason and next try; since when stays.
    public func stopRelay(_ stop: RelayStop) throws {
        try run(
            """
            INSERT INTO relay_stops (relay, inbox_id, account_id, since, reason, retry_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (relay) DO UPDATE SET reason = excluded.reason, retry_at = excluded.retry_at
            """, [stop.relay, stop.inboxID, stop.accountID, stop.since, stop.reason, stop.retryAt])
    }

    /// Forgets stops and has all mail that waited for their end tried at once; what waits for another one waits on.
    /// - Returns: whether anything was stopped.
    @discardableResult
    public func resumeRelay(_ which: RelaysToResume, at now: Instant) throws -> Bool {
        let gone =
            switch which {
            case .all: try run("DELETE FROM relay_stops")
            case .named(let relay): try run("DELETE FROM relay_stops WHERE relay = ?", [relay])
            case .of(let account): try run("DELETE FROM relay_stops WHERE account_id IS NULL OR account_id = ?", [account])
            case .ofInbox(let inbox): try run("DELETE FROM relay_stops WHERE inbox_id = ?", [inbox])
            }
        guard gone > 0 else { return false }
        try run("UPDATE outbox SET next_attempt_at = NULL WHERE state = 'stopped'")
        try run(
            """
            UPDATE jobs SET due_at = ? WHERE queue = 'outbox' AND due_at > ?
            AND subject_id IN (SELECT id FROM outbox WHERE state = 'stopped')
            """, [now, now])
        announce(.queue(.outbox))
        return true
    }

    /// How many mails wait for a relay that refuses us.
    public func mailsStopped() throws -> Int64 {
        guard var row = try rows("SELECT COUNT(*) FROM outbox WHERE state = 'stopped'").first?.reader() else { return 0 }
        return try row.integer()
    }

    private func relayStop(_ row: Row) throws -> RelayStop {
        var row = row.reader()
        return RelayStop(
            relay: try row.text(), inboxID: try row.optionalID(), accountID: try row.optionalID(), since: try row.instant(),
            reason: try row.text(), retryAt: try row.instant())
    }
}

/// Which stops are over.
public enum RelaysToResume: Sendable {
    case all
    case named(String)
    /// The installation's and an account's own.
    case of(ID<Account>)
    case ofInbox(ID<Inbox>)
}
