import Conversations

/// The local mailbox of the demo: mails that a relay would have taken.
public struct MailboxEntry: Sendable {
    public var id: Int64
    public var outboxID: ID<OutgoingMailRow>
    public var toAddress: String
    public var receivedAt: Instant
    public var answeredAt: Instant?
}

extension Connection {
    private func mailboxEntry(_ row: Row) throws -> MailboxEntry {
        var row = row.reader()
        return MailboxEntry(
            id: try row.integer(), outboxID: try row.id(), toAddress: try row.text(), receivedAt: try row.instant(),
            answeredAt: try row.optionalInstant())
    }

    /// Keeps a mail; the same one again changes nothing.
    public func keepInMailbox(_ mail: OutboxMail, at now: Instant) throws {
        try run(
            "INSERT INTO mailbox (outbox_id, to_address, received_at) VALUES (?, ?, ?) ON CONFLICT (outbox_id) DO NOTHING",
            [mail.id, mail.toAddress, now])
    }

    public func mailbox(limit: Int) throws -> [MailboxEntry] {
        try rows("SELECT id, outbox_id, to_address, received_at, answered_at FROM mailbox ORDER BY id DESC LIMIT ?", [limit]).map(
            mailboxEntry)
    }

    public func mailboxEntry(_ id: Int64) throws -> MailboxEntry? {
        try rows("SELECT id, outbox_id, to_address, received_at, answered_at FROM mailbox WHERE id = ?", [id]).first.map(mailboxEntry)
    }

    public func markMailboxEntryAnswered(_ id: Int64, at now: Instant) throws {
        try run("UPDATE mailbox SET answered_at = ? WHERE id = ?", [now, id])
    }
}
