import Conversations
import Store

/// What an operator sees of the mail that leaves (behaviour §10).
public struct MailHealth: Sendable {
    /// The relay that refuses us; nil while mail leaves.
    public var stop: RelayStop?
    /// Mails that wait for its end.
    public var stopped: Int64
    /// Mails that wait in all, and since when the oldest could have left.
    public var waiting: Int64
    public var oldest: Instant?
}

extension Desk {
    public func mailHealth(_ tx: any Connection) throws -> MailHealth {
        let queue = try tx.depth(.outbox)
        return MailHealth(
            stop: try tx.relayStops().first, stopped: try tx.mailsStopped(), waiting: queue.count,
            oldest: queue.oldest.flatMap { $0 < now() ? $0 : nil })
    }
}

extension JSON {
    public static func mailHealth(_ health: MailHealth) -> JSON {
        .object([
            ("state", .string(health.stop == nil ? "working" : "stopped")), ("since", JSON(health.stop?.since.seconds)),
            ("reason", JSON(health.stop?.reason)), ("retry_at", JSON(health.stop?.retryAt.seconds)),
            ("mails_stopped", .integer(health.stopped)), ("mails_waiting", .integer(health.waiting)),
            ("oldest_due_at", JSON(health.oldest?.seconds)),
        ])
    }
}
