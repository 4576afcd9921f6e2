import Conversations
import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Works the mails off that leave by inboxes' own relays: each inbox has a worker of its own. A relay that answers and then hangs holds up the
/// mail of its inbox and nobody else's; the installation's relay has workers that never see it.
public struct SendByOwnRelays: Service {
    /// Relays that are worked for at the same time; more wait for their turn.
    static let most = 200
    /// The same for the inboxes of one account.
    static let mostOfAccount = 20

    private let desk: Desk
    private let bell: Bell
    private let batch: Int
    private let work: @Sendable ([Job]) async throws -> Void

    /// - Parameters:
    ///   - batch: how many mails one relay is given at the same time.
    ///   - work: as for `QueueWorker`.
    public init(desk: Desk, bells: Bells, batch: Int, work: @escaping @Sendable ([Job]) async throws -> Void) {
        self.desk = desk
        bell = bells.queue(.outbox)
        self.batch = batch
        self.work = work
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
                    for lane in try await desk.database.read({ try $0.relayLanes(at: now) }) {
                        if lane.due > now {
                            wait = min(wait, lane.due.since(now))
                            break
                        }
                        guard busy.take(lane, most: Self.most, ofAccount: Self.mostOfAccount) else { continue }
                        group.addTask {
                            await self.workOff(lane)
                            busy.give(lane)
                            bell.ring()
                        }
                    }
                } catch {
                    desk.logger.error("The mails for inboxes' own relays could not be read; trying again", metadata: ["error": "\(error)"])
                    wait = .seconds(1)
                }
                await bell.wait(after: heard, atMost: max(wait, .milliseconds(1)))
            }
            group.cancelAll()
        }
    }

    private func workOff(_ lane: RelayLane) async {
        let now = desk.now()
        do {
            let jobs = try await desk.database.write {
                try $0.lease(.outbox, lane: lane.inboxID, at: now, until: now + SendOutbox.lease, limit: batch)
            }
            if !jobs.isEmpty { try await work(jobs) }
        } catch {
            desk.logger.error(
                "Mail for an inbox's own relay could not be taken up", metadata: ["inbox": "\(lane.inboxID)", "error": "\(error)"])
            // Not again at once.
            try? await Task.sleep(for: .seconds(1))
        }
    }
}

/// The lanes that have a worker now.
private final class BusyLanes: Sendable {
    private let busy = Mutex<[ID<Inbox>: ID<Account>]>([:])

    func take(_ lane: RelayLane, most: Int, ofAccount: Int) -> Bool {
        busy.withLock { busy in
            guard busy[lane.inboxID] == nil, busy.count < most, busy.values.count(where: { $0 == lane.accountID }) < ofAccount else {
                return false
            }
            busy[lane.inboxID] = lane.accountID
            return true
        }
    }

    func give(_ lane: RelayLane) { busy.withLock { $0[lane.inboxID] = nil } }
}
