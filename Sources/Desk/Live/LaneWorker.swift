import Conversations
import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Works the lanes of one queue off: each inbox has a task of its own, and never two. A mail server that answers and then hangs holds up the
/// work of its inbox and nobody else's; what waits in the common lane has workers that never see it.
public struct LaneWorker: Service {
    /// How many inboxes are worked for at the same time; more wait for their turn.
    public struct Bounds: Sendable {
        public var most: Int
        /// The same for the inboxes of one account.
        public var mostOfAccount: Int

        public init(most: Int, mostOfAccount: Int) {
            (self.most, self.mostOfAccount) = (most, mostOfAccount)
        }
    }

    private let desk: Desk
    private let bell: Bell
    private let queue: QueueName
    private let lease: Duration
    private let batch: Int
    private let bounds: Bounds
    private let lanes: @Sendable (any Connection, Instant) throws -> [QueueLane]
    private let work: @Sendable ([Job]) async throws -> Void

    /// - Parameters:
    ///   - lease: as for `QueueWorker`.
    ///   - batch: how much of one inbox's work is begun at the same time.
    ///   - lanes: those in which work waits that nobody holds, the one that waits longest first.
    ///   - work: as for `QueueWorker`.
    init(
        desk: Desk, bells: Bells, queue: QueueName, lease: Duration, batch: Int, bounds: Bounds,
        lanes: @escaping @Sendable (any Connection, Instant) throws -> [QueueLane], work: @escaping @Sendable ([Job]) async throws -> Void
    ) {
        self.desk = desk
        bell = bells.queue(queue)
        self.queue = queue
        self.lease = lease
        self.batch = batch
        self.bounds = bounds
        self.lanes = lanes
        self.work = work
    }

    /// The mails that leave by inboxes' own relays.
    /// - Parameter batch: how many mails one relay is given at the same time.
    public static func ownRelays(
        desk: Desk, bells: Bells, batch: Int, work: @escaping @Sendable ([Job]) async throws -> Void
    ) -> LaneWorker {
        LaneWorker(
            desk: desk, bells: bells, queue: .outbox, lease: SendOutbox.lease, batch: batch,
            bounds: Bounds(most: 200, mostOfAccount: 20), lanes: { try $0.relayLanes(at: $1) }, work: work)
    }

    /// The continuity checks of all inboxes, one at a time of each.
    public static func continuityChecks(
        desk: Desk, bells: Bells, bounds: Bounds = Bounds(most: 64, mostOfAccount: 16),
        work: @escaping @Sendable ([Job]) async throws -> Void
    ) -> LaneWorker {
        LaneWorker(
            desk: desk, bells: bells, queue: .continuityCheck, lease: RunContinuityCheck.lease, batch: 1, bounds: bounds,
            lanes: { try $0.checkLanes(at: $1) }, work: work)
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.supervise() }
    }

    private func supervise() async {
        let busy = BusyLanes()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let heard = bell.rings
                var wait = QueueWorker.longestWait
                do {
                    let now = desk.now()
                    for lane in try await desk.database.read({ try lanes($0, now) }) {
                        if lane.due > now {
                            wait = min(wait, lane.due.since(now))
                            break
                        }
                        guard busy.take(lane, bounds) else { continue }
                        group.addTask {
                            await self.workOff(lane)
                            busy.give(lane)
                            bell.ring()
                        }
                    }
                } catch {
                    desk.logger.error(
                        "The work of inboxes could not be read; trying again",
                        metadata: ["queue": "\(queue.rawValue)", "error": "\(error)"])
                    wait = .seconds(1)
                }
                await bell.wait(after: heard, atMost: max(wait, .milliseconds(1)))
            }
            group.cancelAll()
        }
    }

    private func workOff(_ lane: QueueLane) async {
        let now = desk.now()
        do {
            let jobs = try await desk.database.write {
                try $0.lease(queue, lane: lane.inboxID, at: now, until: now + lease, limit: batch)
            }
            if !jobs.isEmpty { try await work(jobs) }
        } catch {
            desk.logger.error(
                "Work for an inbox could not be taken up",
                metadata: ["queue": "\(queue.rawValue)", "inbox": "\(lane.inboxID)", "error": "\(error)"])
            // Not again at once.
            try? await Task.sleep(for: .seconds(1))
        }
    }
}

/// The inboxes that are worked for now.
private final class BusyLanes: Sendable {
    private let busy = Mutex<[ID<Inbox>: ID<Account>]>([:])

    func take(_ lane: QueueLane, _ bounds: LaneWorker.Bounds) -> Bool {
        busy.withLock { busy in
            guard busy[lane.inboxID] == nil, busy.count < bounds.most,
                busy.values.count(where: { $0 == lane.accountID }) < bounds.mostOfAccount
            else { return false }
            busy[lane.inboxID] = lane.accountID
            return true
        }
    }

    func give(_ lane: QueueLane) { busy.withLock { $0[lane.inboxID] = nil } }
}
