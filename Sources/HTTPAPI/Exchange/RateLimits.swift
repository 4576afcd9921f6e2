import Conversations
import Desk
import Hummingbird
import Synchronization

/// Keeps one visitor or one address from hammering what costs something. A bucket for each: it holds `burst` and fills again with
/// `perSecond`. Lives in one process.
final class RateLimits: Sendable {
    struct Limit: Sendable {
        var name: String
        var burst: Double
        var perSecond: Double

        /// New sessions from one address.
        static let sessions = Limit(name: "session", burst: 60, perSecond: 0.5)
        /// Changes of the address of one session: each could make us send mail to somebody.
        static let addresses = Limit(name: "address", burst: 10, perSecond: 1.0 / 30)
        /// Messages of one session.
        static let messages = Limit(name: "message", burst: 30, perSecond: 1)
        /// Taps and codes of one link in a mail.
        static let taps = Limit(name: "tap", burst: 20, perSecond: 1.0 / 15)
        /// Tries of mailboxes for one account: each connects somewhere.
        static let mailboxTests = Limit(name: "mailbox-test", burst: 10, perSecond: 1.0 / 10)
        /// Providers' requests from one address that nothing proves: keys are not to be guessed.
        static let wrongProofs = Limit(name: "wrong-proof", burst: 20, perSecond: 1.0 / 10)
        /// Pages on which visitors from one address say they are.
        static let pages = Limit(name: "page", burst: 120, perSecond: 4)
        /// Everything else that one session changes: typing, seen, presence.
        static let changes = Limit(name: "change", burst: 120, perSecond: 5)
    }

    private struct Bucket {
        var level: Double
        var at: Instant
    }

    /// How many buckets are kept; full ones say nothing and go first.
    static let capacity = 50_000

    private let buckets = Mutex<[String: Bucket]>([:])
    private let now: @Sendable () -> Instant

    init(now: @escaping @Sendable () -> Instant) { self.now = now }

    /// Takes one from the bucket; throws 429 where it is empty.
    func take(_ limit: Limit, for key: String) throws {
        if !allows(limit, for: key) { throw Self.tooMuch(limit) }
    }

    /// Takes nothing. For what is only counted once it has gone wrong.
    func hasRoom(_ limit: Limit, for key: String) -> Bool {
        let now = now()
        return buckets.withLock { $0["\(limit.name) \(key)"].map { Self.level(of: $0, limit, now) } ?? limit.burst } >= 1
    }

    private static func level(of bucket: Bucket, _ limit: Limit, _ now: Instant) -> Double {
        min(limit.burst, bucket.level + Double(max(0, now.milliseconds - bucket.at.milliseconds)) / 1000 * limit.perSecond)
    }

    private static func tooMuch(_ limit: Limit) -> HTTPError {
        HTTPError(
            .tooManyRequests, headers: [.retryAfter: "\(Int((1 / limit.perSecond).rounded(.up)))"],
            message: "Too much at once. Wait a moment and try again.")
    }

    func allows(_ limit: Limit, for key: String) -> Bool {
        let now = now()
        let name = "\(limit.name) \(key)"
        return buckets.withLock { buckets in
            var bucket = buckets[name] ?? Bucket(level: limit.burst, at: now)
            bucket.level = Self.level(of: bucket, limit, now)
            bucket.at = now
            let allowed = bucket.level >= 1
            if allowed { bucket.level -= 1 }
            if buckets.count >= Self.capacity { buckets = buckets.filter { now.milliseconds - $0.value.at.milliseconds < 60_000 } }
            // Still full of fresh ones: forgetting all of them lets some through, remembering all would take the memory.
            if buckets.count >= Self.capacity { buckets.removeAll() }
            buckets[name] = bucket
            return allowed
        }
    }
}
