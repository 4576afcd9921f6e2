import NIOCore
import Synchronization

/// How many recipients each address was refused of late, over all of its connections: who guesses reply tokens does not get quick
/// answers again by connecting anew.
final class GuessCounts: Sendable {
    private struct Count {
        var refused: Int
        var last: NIODeadline
    }

    /// So long after its last refusal an address begins anew.
    private static let forgottenAfter = TimeAmount.minutes(10)
    /// Addresses that are remembered; beyond it, all are forgotten at once, which whoever has so many needs least.
    private static let maxAddresses = 10_000

    private let counts = Mutex<[String: Count]>([:])

    /// Counts one more; answers how many that makes.
    func count(_ address: String, at now: NIODeadline) -> Int {
        let key = AddressRange.limited(address)
        return counts.withLock { counts in
            if counts[key] == nil, counts.count >= Self.maxAddresses {
                counts = counts.filter { now - $0.value.last < Self.forgottenAfter }
                if counts.count >= Self.maxAddresses { counts = [:] }
            }
            var count = counts[key] ?? Count(refused: 0, last: now)
            if now - count.last >= Self.forgottenAfter { count.refused = 0 }
            count.refused += 1
            count.last = now
            counts[key] = count
            return count.refused
        }
    }
}
