import Synchronization

/// At most so many mails in a minute, evenly: each takes the next free moment.
final class Pace: Sendable {
    private let interval: Duration
    private let next = Mutex<ContinuousClock.Instant?>(nil)

    /// nil for no limit.
    init?(perMinute: Int) {
        guard perMinute > 0 else { return nil }
        interval = .seconds(60) / perMinute
    }

    /// When the next one may go; it is taken by that.
    func reserve(_ now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        next.withLock { next in
            let at = max(next ?? now, now)
            next = at + interval
            return at
        }
    }

    /// Waits for the next moment; false where the task was cancelled meanwhile.
    func wait() async -> Bool {
        let at = reserve(.now)
        guard at > .now else { return true }
        do {
            try await Task.sleep(until: at)
            return true
        } catch {
            return false
        }
    }
}
