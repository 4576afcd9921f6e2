import Synchronization

/// How much mail is in memory on all connections together: coming in, or being stored.
///
/// Each connection is bounded by the largest mail, but hundreds of them at once would not fit.
final class InboundMemory: Sendable {
    private let bytes = Atomic(0)
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Adds to the account; false where it is above the limit.
    @discardableResult func change(by delta: Int) -> Bool {
        bytes.add(delta, ordering: .relaxed).newValue <= limit
    }
}
