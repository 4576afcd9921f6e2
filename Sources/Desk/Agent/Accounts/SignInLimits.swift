import Conversations
import Synchronization

/// Slows guessing down: failed sign-ins are counted for each address and for each remote host, and forgotten after a while.
/// Lives in one process; several nodes together allow that many times more, which is still slow.
final class SignInLimits: Sendable {
    /// Failures within the window before the next try is refused.
    static let perAddress = 10
    static let perRemote = 50
    static let window = Duration.seconds(900)
    /// How many names are remembered at most; the oldest goes first.
    static let capacity = 20_000

    private struct Failures {
        var count: Int
        var since: Instant
    }

    private let failures = Mutex<[String: Failures]>([:])

    /// How many names are remembered.
    var count: Int { failures.withLock { $0.count } }

    /// Whether another try may be made now.
    func allows(address: String, remote: String, now: Instant) -> Bool {
        failures.withLock { failures in
            func count(_ name: String) -> Int {
                guard let known = failures[name], known.since + Self.window > now else { return 0 }
                return known.count
            }
            return count(Self.name(address: address)) < Self.perAddress && count(Self.name(remote: remote)) < Self.perRemote
        }
    }

    func failed(address: String, remote: String, now: Instant) {
        failures.withLock { failures in
            if failures.count >= Self.capacity {
                failures = failures.filter { $0.value.since + Self.window > now }
                if failures.count >= Self.capacity { failures.removeAll() }
            }
            for name in [Self.name(address: address), Self.name(remote: remote)] {
                var known = failures[name] ?? Failures(count: 0, since: now)
                if known.since + Self.window <= now { known = Failures(count: 0, since: now) }
                known.count += 1
                failures[name] = known
            }
        }
    }

    /// A right password clears its address; the remote host stays counted.
    func succeeded(address: String) {
        failures.withLock { _ = $0.removeValue(forKey: Self.name(address: address)) }
    }

    private static func name(address: String) -> String { "a:\(address)" }
    private static func name(remote: String) -> String { "r:\(remote)" }
}
