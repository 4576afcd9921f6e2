import Conversations

/// Mails of an account that are on their way out.
public struct WaitingMails: Sendable, Hashable {
    public var count: Int64 = 0
    /// When the oldest was written.
    public var oldest: Instant?
    /// The number of its conversation.
    public var conversation: Int64?

    public init() {}
}

/// Conversations whose mail a loop has stopped.
public struct StoppedLoops: Sendable, Hashable {
    public var count: Int64 = 0
    /// The number of one of them.
    public var conversation: Int64?

    public init() {}
}

// What the health page asks.
extension Connection {
    /// The account's mails that are not out yet, whatever they wait for.
    public func waitingMails(of account: ID<Account>) throws -> WaitingMails {
        var waiting = WaitingMails()
        let queued = "jobs j JOIN outbox o ON o.id = j.subject_id WHERE j.queue = 'outbox' AND o.account_id = ?"
        guard var count = try rows("SELECT COUNT(*) FROM \(queued)", [account]).first?.reader() else { return waiting }
        waiting.count = try count.integer()
        let oldest = try rows(
            """
            SELECT o.created_at, (SELECT display_id FROM conversations WHERE id = o.conversation_id) FROM \(queued)
            ORDER BY o.created_at, o.id LIMIT 1
            """, [account])
        if var row = oldest.first?.reader() {
            waiting.oldest = try row.instant()
            waiting.conversation = try row.optionalInteger()
        }
        return waiting
    }

    /// When the last mail came in that was not refused at the door, and when the last one left.
    public func lastMails(of account: ID<Account>) throws -> (in: Instant?, out: Instant?) {
        // The newest of each end stands at the end of its part of the index.
        let newest = MailOutcome.allCases.filter { $0 != .refused }.map {
            "SELECT (SELECT MAX(id) FROM inbound_mails WHERE account_id = ? AND outcome = '\($0.rawValue)') AS id"
        }
        let came = try rows(
            "SELECT MAX(received_at) FROM inbound_mails WHERE id IN (\(newest.joined(separator: " UNION ALL ")))",
            Array(repeating: account, count: newest.count))
        let left = try rows("SELECT MAX(sent_at) FROM outbox WHERE account_id = ? AND sent_at IS NOT NULL", [account])
        var (inbound, outbound) = (came.first?.reader(), left.first?.reader())
        return (try inbound?.optionalInstant(), try outbound?.optionalInstant())
    }

    public func stoppedLoops(of account: ID<Account>) throws -> StoppedLoops {
        var loops = StoppedLoops()
        let found = try rows("SELECT COUNT(*), MIN(display_id) FROM conversations WHERE account_id = ? AND loop_stopped = 1", [account])
        if var row = found.first?.reader() {
            loops.count = try row.integer()
            loops.conversation = try row.optionalInteger()
        }
        return loops
    }
}
