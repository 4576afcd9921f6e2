import Conversations

/// What the mail desk asks and writes beside the mails themselves.
extension MailOutcome {
    /// The ends that somebody should look at.
    public static let forTheDesk: [MailOutcome] = [.held, .quarantined, .failed, .refused]
    /// Those of them that leave a choice: what was refused is gone.
    public static let toDecide: [MailOutcome] = [.held, .quarantined, .failed]
}

extension Connection {
    /// How many mails of each end on the desk nobody has dealt with yet; every end is named.
    public func mailDeskCounts(of account: ID<Account>) throws -> [(outcome: MailOutcome, count: Int64)] {
        var counts: [MailOutcome: Int64] = [:]
        let found = try rows(
            """
            SELECT outcome, COUNT(*) FROM inbound_mails WHERE account_id = ? AND outcome IN ('held', 'quarantined', 'failed', 'refused')
            AND settled_at IS NULL GROUP BY outcome
            """, [account])
        for row in found {
            var row = row.reader()
            counts[try row.word()] = try row.integer()
        }
        return MailOutcome.forTheDesk.map { ($0, counts[$0] ?? 0) }
    }

    /// An agent has dealt with a mail; nil puts it back on the desk.
    public func settleMail(_ id: ID<InboundMail>, at now: Instant?) throws {
        try run("UPDATE inbound_mails SET settled_at = ? WHERE id = ?", [now, id])
    }

    /// An agent wants a quarantined mail placed after all.
    public func releaseMail(_ id: ID<InboundMail>, by agent: ID<Agent>) throws {
        try run("UPDATE inbound_mails SET released_by = ?, settled_at = NULL WHERE id = ?", [agent, id])
    }

    /// Those of these mails whose original is still kept.
    public func keptOriginals(of mails: [ID<InboundMail>]) throws -> Set<ID<InboundMail>> {
        guard !mails.isEmpty else { return [] }
        return Set(
            try rows("SELECT mail_id FROM inbound_raw WHERE mail_id IN (\(placeholders(mails.count)))", mails).map {
                var row = $0.reader()
                return try row.id()
            })
    }
}
