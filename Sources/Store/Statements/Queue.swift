import Conversations

/// The kinds of work that wait in the one queue.
public enum QueueName: String, Sendable, Hashable, CaseIterable {
    case inboundMail = "inbound_mail"
    case continuity
    case outbox
    case autoResolve = "auto_resolve"
    /// Telling an agent by mail what nobody has opened.
    case notification
    /// The work of a continuity check: its subject is the check.
    case continuityCheck = "continuity_check"
    /// When an inbox is checked again: its subject is the inbox.
    case nightlyCheck = "nightly_check"

    /// Whether its work is about a conversation as a whole.
    var isAboutConversations: Bool { self == .continuity || self == .notification || self == .autoResolve }
}

/// Work that a worker holds until its lease ends.
public struct Job: Sendable {
    public var id: Int64
    /// The row that the work is about, in the table that the queue stands for.
    public var subjectID: Int64
    /// How often it was begun, this time included.
    public var attempts: Int
}

/// Where the work of one inbox waits that must hold up nobody else's.
public struct QueueLane: Sendable {
    public var inboxID: ID<Inbox>
    public var accountID: ID<Account>
    /// When its next work is due.
    public var due: Instant

    public init(inboxID: ID<Inbox>, accountID: ID<Account>, due: Instant) {
        self.inboxID = inboxID
        self.accountID = accountID
        self.due = due
    }
}

extension Connection {
    /// Puts work into a queue, or moves its time where it already waits. A lease that somebody holds ends: what the holder
    /// found is out of date (it notices when it finishes).
    /// - Parameter lane: of the inbox whose own relay takes the mail, or whose continuity check it is; nil: the one lane of all other work.
    public func enqueue(_ queue: QueueName, _ subject: Int64, lane: ID<Inbox>? = nil, due: Instant) throws {
        try run(
            """
            INSERT INTO jobs (queue, subject_id, lane, due_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (queue, subject_id) DO UPDATE SET lane = excluded.lane, due_at = excluded.due_at, lease_until = 0, attempts = 0
            """,
            [queue.rawValue, subject, lane?.value ?? 0, due])
        announce(.queue(queue))
    }

    /// Sets the timer of every open conversation of an inbox, so long after its last word.
    public func enqueueOpenConversations(of inbox: ID<Inbox>, _ queue: QueueName, after: Duration) throws {
        try run(
            """
            INSERT INTO jobs (queue, subject_id, due_at)
            SELECT ?, id, last_activity_at + ? FROM conversations WHERE inbox_id = ? AND status = 'open'
            ON CONFLICT (queue, subject_id) DO UPDATE SET due_at = excluded.due_at, lease_until = 0, attempts = 0
            """,
            [queue.rawValue, after.wholeMilliseconds, inbox])
        announce(.queue(queue))
    }

    /// Takes up to `limit` due jobs of a lane until `leaseUntil`, the oldest first. A job whose holder died comes back when its lease ends.
    public func lease(_ queue: QueueName, lane: ID<Inbox>? = nil, at now: Instant, until leaseUntil: Instant, limit: Int) throws -> [Job] {
        let skip = dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
        return try rows(
            """
            UPDATE jobs SET lease_until = ?, attempts = attempts + 1 WHERE id IN (
                SELECT id FROM jobs WHERE queue = ? AND lane = ? AND due_at <= ? AND lease_until <= ? ORDER BY due_at, id LIMIT ?\(skip))
            RETURNING id, subject_id, attempts
            """,
            [leaseUntil, queue.rawValue, lane?.value ?? 0, now, now, limit]
        ).map {
            var row = $0.reader()
            return Job(id: try row.integer(), subjectID: try row.integer(), attempts: Int(try row.integer()))
        }.sorted { $0.id < $1.id }
    }

    /// Whether the job is still this holder's: false when its lease ended and another began it, or somebody moved its time.
    public func holds(_ job: Job) throws -> Bool {
        try !rows("SELECT 1 FROM jobs WHERE id = ? AND attempts = ? AND lease_until > 0", [job.id, job.attempts]).isEmpty
    }

    /// Keeps the job for longer; false when it is no longer this holder's.
    public func extend(_ job: Job, until leaseUntil: Instant) throws -> Bool {
        try run("UPDATE jobs SET lease_until = ? WHERE id = ? AND attempts = ? AND lease_until > 0", [leaseUntil, job.id, job.attempts])
            == 1
    }

    /// Takes finished work out of the queue; false when it was no longer this holder's.
    public func finish(_ job: Job) throws -> Bool {
        try run("DELETE FROM jobs WHERE id = ? AND attempts = ? AND lease_until > 0", [job.id, job.attempts]) == 1
    }

    /// Puts work back for later, keeping its count of attempts.
    public func postpone(_ job: Job, to due: Instant) throws {
        try run("UPDATE jobs SET due_at = ?, lease_until = 0 WHERE id = ? AND attempts = ?", [due, job.id, job.attempts])
    }

    /// Ends every lease: at the start of a process that has the store to itself, whose holders are all dead.
    public func releaseLeases() throws {
        try run("UPDATE jobs SET lease_until = 0 WHERE lease_until > 0")
    }

    /// Takes work out of the queue whoever holds it.
    public func dequeue(_ queue: QueueName, _ subject: Int64) throws {
        try run("DELETE FROM jobs WHERE queue = ? AND subject_id = ?", [queue.rawValue, subject])
    }

    /// When the next job in a queue's common lane is due, or its lease ends; nil where nothing waits.
    public func nextDue(_ queue: QueueName) throws -> Instant? {
        let sql =
            """
            SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) FROM (
                SELECT due_at, lease_until FROM jobs WHERE queue = ? AND lane = 0 ORDER BY due_at LIMIT 200) AS soonest
            """
        guard var row = try rows(sql, [queue.rawValue]).first?.reader() else { return nil }
        return try row.optionalInstant()
    }

    /// When this work is due; nil where it does not wait.
    public func due(_ queue: QueueName, _ subject: Int64) throws -> Instant? {
        guard var row = try rows("SELECT due_at FROM jobs WHERE queue = ? AND subject_id = ?", [queue.rawValue, subject]).first?.reader()
        else { return nil }
        return try row.instant()
    }

    /// How many jobs wait, and since when the oldest could have run.
    public func depth(_ queue: QueueName) throws -> (count: Int64, oldest: Instant?) {
        guard var row = try rows("SELECT COUNT(*), MIN(due_at) FROM jobs WHERE queue = ?", [queue.rawValue]).first?.reader()
        else { return (0, nil) }
        return (try row.integer(), try row.optionalInstant())
    }
}
