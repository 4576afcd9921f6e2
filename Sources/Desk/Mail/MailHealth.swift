import Conversations
import Store

/// What an operator sees of the mail that leaves, and of the mailboxes that it is fetched from (behaviour §10).
public struct MailHealth: Sendable {
    /// The installation's relay, where it refuses us; nil while mail leaves.
    public var stop: RelayStop?
    /// The account's inboxes whose own relay refuses us.
    public var inboxes: [RelayStop]
    /// Mails that wait for its end.
    public var stopped: Int64
    /// Mails that wait in all, and since when the oldest could have left.
    public var waiting: Int64
    public var oldest: Instant?
    public var mailboxes: [StoredIMAPMailbox]
}

extension Desk {
    /// - Parameter account: whose inboxes' own relays count, and whose mailboxes; nil: everybody's.
    public func mailHealth(of account: ID<Account>?, _ tx: any Connection) throws -> MailHealth {
        let queue = try tx.depth(.outbox)
        let stops = try tx.relayStops()
        return MailHealth(
            stop: stops.first { $0.inboxID == nil },
            inboxes: stops.filter { $0.inboxID != nil && (account == nil || $0.accountID == account) }, stopped: try tx.mailsStopped(),
            waiting: queue.count,
            oldest: queue.oldest.flatMap { $0 < now() ? $0 : nil },
            mailboxes: try account.map { try tx.imapMailboxes(of: $0) } ?? tx.imapMailboxes(limit: 1_000))
    }
}

extension JSON {
    public static func mailHealth(_ health: MailHealth) -> JSON {
        .object([
            ("state", .string(health.stop == nil ? "working" : "stopped")), ("since", JSON(health.stop?.since.seconds)),
            ("reason", JSON(health.stop?.reason)), ("retry_at", JSON(health.stop?.retryAt.seconds)),
            ("mails_stopped", .integer(health.stopped)), ("mails_waiting", .integer(health.waiting)),
            ("oldest_due_at", JSON(health.oldest?.seconds)),
            (
                "inboxes",
                .array(
                    health.inboxes.map {
                        .object([
                            ("inbox_id", JSON($0.inboxID?.value)), ("state", .string("stopped")), ("since", .integer($0.since.seconds)),
                            ("reason", .string($0.reason)), ("retry_at", .integer($0.retryAt.seconds)),
                        ])
                    })
            ),
            ("mailboxes", .array(health.mailboxes.map { .object([("inbox_id", .integer($0.inboxID.value))] + $0.health) })),
        ])
    }
}
