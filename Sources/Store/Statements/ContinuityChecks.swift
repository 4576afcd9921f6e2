import Conversations

/// One run of the continuity check of an inbox.
public struct ContinuityCheck: Sendable {
    public enum Origin: String, Sendable { case button, doctor, nightly }

    public enum State: String, Sendable {
        case running, passed, failed
    }

    public var id: ID<ContinuityCheck>
    public let accountID: ID<Account>
    public let inboxID: ID<Inbox>
    /// The probe's token is derived from it and the installation's secret.
    public let nonce: String
    public let origin: Origin
    public var state: State
    public let startedAt: Instant
    /// When the probe counts as lost.
    public var deadline: Instant
    public var finishedAt: Instant?
    /// When the relay took the probe.
    public var acceptedAt: Instant?
    /// What happened so far, a JSON list.
    public var hops = "[]"
    /// What is wrong, a JSON list.
    public var faults = "[]"
    /// The mail that came back, or what came instead of it, JSON; nil while nothing has.
    public var arrival: String?

    public init(
        id: ID<ContinuityCheck> = ID(0), accountID: ID<Account>, inboxID: ID<Inbox>, nonce: String, origin: Origin, state: State = .running,
        startedAt: Instant, deadline: Instant
    ) {
        self.id = id
        self.accountID = accountID
        self.inboxID = inboxID
        self.nonce = nonce
        self.origin = origin
        self.state = state
        self.startedAt = startedAt
        self.deadline = deadline
    }
}

extension Connection {
    private var checkColumns: String {
        "id, account_id, inbox_id, nonce, origin, state, started_at, deadline, finished_at, accepted_at, hops, faults, arrival"
    }

    private func check(_ row: Row) throws -> ContinuityCheck {
        var row = row.reader()
        var check = ContinuityCheck(
            id: try row.id(), accountID: try row.id(), inboxID: try row.id(), nonce: try row.text(), origin: try row.word(),
            state: try row.word(), startedAt: try row.instant(), deadline: try row.instant())
        check.finishedAt = try row.optionalInstant()
        check.acceptedAt = try row.optionalInstant()
        check.hops = try row.text()
        check.faults = try row.text()
        check.arrival = try row.optionalText()
        return check
    }

    /// Begins a check; its `id` is ignored and the stored one given back.
    public func beginCheck(_ draft: ContinuityCheck, tokenHash: String) throws -> ContinuityCheck {
        var check = draft
        check.id = ID(
            try insert(
                """
                INSERT INTO continuity_checks (account_id, inbox_id, nonce, token_hash, origin, state, started_at, deadline)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                [
                    draft.accountID, draft.inboxID, draft.nonce, tokenHash, draft.origin.rawValue, draft.state.rawValue, draft.startedAt,
                    draft.deadline,
                ]))
        return check
    }

    public func updateCheck(_ check: ContinuityCheck) throws {
        try run(
            """
            UPDATE continuity_checks SET state = ?, deadline = ?, finished_at = ?, accepted_at = ?, hops = ?, faults = ?, arrival = ?
            WHERE id = ?
            """,
            [check.state.rawValue, check.deadline, check.finishedAt, check.acceptedAt, check.hops, check.faults, check.arrival, check.id])
    }

    public func check(_ id: ID<ContinuityCheck>) throws -> ContinuityCheck? {
        try rows("SELECT \(checkColumns) FROM continuity_checks WHERE id = ?", [id]).first.map(check)
    }

    /// The check whose probe carries this token.
    public func check(tokenHash: String) throws -> ContinuityCheck? {
        try rows("SELECT \(checkColumns) FROM continuity_checks WHERE token_hash = ?", [tokenHash]).first.map(check)
    }

    public func lastCheck(of inbox: ID<Inbox>) throws -> ContinuityCheck? {
        try rows("SELECT \(checkColumns) FROM continuity_checks WHERE inbox_id = ? ORDER BY id DESC LIMIT 1", [inbox]).first.map(check)
    }

    /// When a check of this inbox last passed with a probe that a relay took; nil where none has.
    public func lastPassed(of inbox: ID<Inbox>) throws -> Instant? {
        guard
            var row = try rows(
                "SELECT MAX(finished_at) FROM continuity_checks WHERE inbox_id = ? AND state = 'passed' AND accepted_at IS NOT NULL",
                [inbox]
            ).first?.reader()
        else { return nil }
        return try row.optionalInstant()
    }

    /// Forgets all but the newest checks of an inbox, and the newest that passed.
    public func forgetOldChecks(of inbox: ID<Inbox>, keep: Int) throws {
        try run(
            """
            DELETE FROM continuity_checks WHERE inbox_id = ?
                AND id <> (SELECT COALESCE(MAX(id), 0) FROM continuity_checks WHERE inbox_id = ? AND state = 'passed')
                AND id NOT IN (SELECT id FROM continuity_checks WHERE inbox_id = ? ORDER BY id DESC LIMIT ?)
            """, [inbox, inbox, inbox, keep])
    }

    /// The inboxes of checks that nobody works on now, the one that waits longest first; at most 1000 checks.
    public func checkLanes(at now: Instant) throws -> [QueueLane] {
        try rows(
            """
            SELECT lane, COALESCE((SELECT account_id FROM continuity_checks WHERE id = jobs.subject_id), 0), due_at FROM jobs
            WHERE queue = 'continuity_check' AND lane > 0 AND lease_until <= ? ORDER BY due_at, id LIMIT 1000
            """, [now]
        ).map {
            var row = $0.reader()
            return QueueLane(inboxID: try row.id(), accountID: try row.id(), due: try row.instant())
        }
    }

    /// A probe that came in is no mail of anybody's: its row goes once the check has it.
    public func forgetProbe(_ mail: ID<InboundMail>) throws {
        try run("DELETE FROM inbound_raw WHERE mail_id = ?", [mail])
        try run("DELETE FROM inbound_html WHERE mail_id = ?", [mail])
        try run("DELETE FROM inbound_mails WHERE id = ?", [mail])
    }
}
