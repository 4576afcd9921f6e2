import Store
import Synchronization

/// A wake-up, never the data: rung after a commit, heard by whoever reads the store again.
///
/// Nothing is missed between reading and waiting: a waiter names the last ring that it has heard, and a later one wakes it at once.
public final class Bell: Sendable {
    /// A count of rings.
    public typealias Rings = UInt64

    private struct State {
        var rings: Rings = 0
        var lastWaiter: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())
    private let clock: any Clock<Duration>

    public init(clock: any Clock<Duration> = ContinuousClock()) { self.clock = clock }

    /// How often it has rung; ask before reading what the ring is about.
    public var rings: Rings { state.withLock { $0.rings } }

    /// Wakes everybody who waits. Never blocks.
    public func ring() {
        let waiters = state.withLock { state in
            state.rings &+= 1
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when it has rung more often than `heard`, when `duration` is over, or when the task is cancelled.
    public func wait(after heard: Rings, atMost duration: Duration? = nil) async {
        guard let duration else { return await waitForRing(after: heard) }
        guard duration > .zero else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.waitForRing(after: heard) }
            group.addTask { try? await self.clock.sleep(for: duration) }
            await group.next()
            group.cancelAll()
        }
    }

    private func waitForRing(after heard: Rings) async {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    // A cancellation that came first finds no waiter, so it is asked for here, under the same lock.
                    if state.rings != heard || Task.isCancelled { return true }
                    state.waiters[number] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
        }
    }
}

/// One bell for each thing that a commit can announce.
public struct Bells: Sendable {
    public let events: Bell
    public let mailboxes: Bell
    private let queues: [QueueName: Bell]

    public init(clock: any Clock<Duration> = ContinuousClock()) {
        events = Bell(clock: clock)
        mailboxes = Bell(clock: clock)
        queues = Dictionary(uniqueKeysWithValues: QueueName.allCases.map { ($0, Bell(clock: clock)) })
    }

    public func queue(_ name: QueueName) -> Bell { queues[name] ?? events }

    /// For the database's `onCommit`. Returns at once.
    public func ring(_ topics: Set<Topic>) {
        for topic in topics {
            switch topic {
            case .events: events.ring()
            case .mailboxes: mailboxes.ring()
            case .queue(let name): queue(name).ring()
            }
        }
    }
}
