import Dispatch
import Synchronization

/// Where passwords are hashed: one at a time, on a thread of its own, so that nobody's sign-in stops the event loops or takes all
/// memory. Whoever comes when the queue is long is sent away.
public final class PasswordQueue: Sendable {
    /// How many wait at most: with a tenth of a second each, the last waits about two seconds.
    static let longest = 16

    private let queue = DispatchQueue(label: "throughline.passwords", qos: .utility)
    private let waiting = Mutex(0)

    public init() {}

    /// - Throws: `DeskError.tooMany` when too many wait, and what the body throws.
    func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        let taken = waiting.withLock { waiting in
            guard waiting < Self.longest else { return false }
            waiting += 1
            return true
        }
        guard taken else { throw DeskError.tooMany("Too many people sign in at this moment. Try again in a few seconds.") }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                let result = Result { try body() }
                self.waiting.withLock { $0 -= 1 }
                continuation.resume(with: result)
            }
        }
    }
}
