import Conversations

/// A relay that refuses us, whatever the mail: a wrong password, a certificate that is not its own, no encryption. Nothing is handed to
/// it until one careful try has worked or an administrator resumes.
public struct RelayStop: Sendable, Hashable {
    /// The relay without its password.
    public var relay: String
    public var since: Instant
    /// A sentence for the administrator.
    public var reason: String
    /// When one mail is tried again.
    public var retryAt: Instant

    public init(relay: String, since: Instant, reason: String, retryAt: Instant) {
        self.relay = relay
        self.since = since
        self.reason = reason
        self.retryAt = retryAt
    }
}

extension Connection {
    public func relayStop(_ relay: String) throws -> RelayStop? {
        try rows("SELECT relay, since, reason, retry_at FROM relay_stops WHERE relay = ?", [relay]).first.map(relayStop)
    }

    /// Every relay that refuses us: at most one is in use.
    public func relayStops() throws -> [RelayStop] {
        try rows("SELECT relay, since, reason, retry_at FROM relay_stops ORDER BY relay LIMIT 20").map(relayStop)
    }

    /// Writes a stop down, or its new reason and next try; since when stays.
    public func stopRelay(_ stop: RelayStop) throws {
        try run(
            """
            INSERT INTO relay_stops (relay, since, reason, retry_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (relay) DO UPDATE SET reason = excluded.reason, retry_at = excluded.retry_at
            """, [stop.relay, stop.since, stop.reason, stop.retryAt])
    }

    /// Forgets the stop and has all mail that waited for its end tried at once.
    /// - Returns: whether anything was stopped.
    @discardableResult
    public func resumeRelay(_ relay: String?, at now: Instant) throws -> Bool {
        let gone =
            try relay.map { try run("DELETE FROM relay_stops WHERE relay = ?", [$0]) } ?? run("DELETE FROM relay_stops")
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
        return RelayStop(relay: try row.text(), since: try row.instant(), reason: try row.text(), retryAt: try row.instant())
    }
}
