import Conversations

/// When a mail that a relay did not take for now is tried again.
///
/// The pause after the first failed attempt is a minute, then 5 and 15 minutes, an hour, and 4 hours from then on. RFC 5321 §4.5.4.1 asks
/// for at least 30 minutes between attempts, after a few quick ones, and for giving up after 4 or 5 days. Jitter lengthens a pause by up to
/// a fifth, so that a relay that comes back is not met by all mails at once; it never shortens it.
public struct OutboxRetry: Sendable, Hashable {
    public enum Next: Sendable, Hashable {
        case again(at: Instant)
        case giveUp
    }

    public var pauses: [Duration]
    /// After this long since the first attempt the mail has failed.
    public var giveUpAfter: Duration
    /// After this long it is shown as a warning.
    public var warnAfter: Duration

    public static let standard = OutboxRetry(
        pauses: [.seconds(60), .seconds(300), .seconds(900), .seconds(3_600), .seconds(14_400)], giveUpAfter: .seconds(5 * 86_400),
        warnAfter: .seconds(14_400))

    public init(pauses: [Duration], giveUpAfter: Duration, warnAfter: Duration) {
        self.pauses = pauses
        self.giveUpAfter = giveUpAfter
        self.warnAfter = warnAfter
    }

    /// What happens after a failed attempt. A next attempt that would come after the last moment is made at that moment, once.
    /// - Parameters:
    ///   - attempt: how many attempts there were, from 1.
    ///   - jitter: from 0 up to 1, from the caller's source of randomness.
    public func after(attempt: Int, firstAttemptAt: Instant, now: Instant, jitter: Double) -> Next {
        let last = firstAttemptAt + giveUpAfter
        guard now < last, let longest = pauses.last else { return .giveUp }
        let pause = attempt >= 1 && attempt <= pauses.count ? pauses[attempt - 1] : (attempt < 1 ? pauses[0] : longest)
        let milliseconds = pause.wholeMilliseconds + Int64(Double(pause.wholeMilliseconds) * 0.2 * min(max(jitter, 0), 1))
        return .again(at: min(now + .milliseconds(milliseconds), last))
    }

    /// Whether a mail that still waits for its relay is shown as a warning.
    public func warns(firstAttemptAt: Instant, now: Instant) -> Bool { now.since(firstAttemptAt) >= warnAfter }
}
