import Conversations
import Logging
import ServiceLifecycle
import Store

/// Works one queue off: leases what is due, sleeps until the next is, wakes when something is put in.
public struct QueueWorker: Service {
    /// With no wake-up from another node the queue is looked at this often.
    static let longestWait = Duration.seconds(5)

    private let desk: Desk
    private let bell: Bell
    private let queue: QueueName
    private let lease: Duration
    private let batch: Int
    private let rest: Duration
    private let yieldsFor: Duration
    private let work: @Sendable ([Job]) async throws -> Void

    /// - Parameters:
    ///   - lease: how long a batch may take before another worker may begin it again.
    ///   - rest: after a round that took less than it may, so that jobs which come one after the other share the next one's
    ///     transactions. A job that comes alone never waits for it.
    ///   - yieldsFor: how long a job that is due lets those go first whom somebody waits for.
    ///   - work: must finish, postpone or re-queue each job; what it leaves comes back when the lease ends.
    public init(
        desk: Desk, bells: Bells, queue: QueueName, lease: Duration, batch: Int, rest: Duration = .zero, yieldsFor: Duration = .zero,
        work: @escaping @Sendable ([Job]) async throws -> Void
    ) {
        self.desk = desk
        bell = bells.queue(queue)
        self.queue = queue
        self.lease = lease
        self.batch = batch
        self.rest = rest
        self.yieldsFor = yieldsFor
        self.work = work
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.loop() }
    }

    private func loop() async {
        while !Task.isCancelled {
            let heard = bell.rings
            do {
                let done = try await workOnce()
                if done > 0 {
                    if rest > .zero, done < batch { try await Task.sleep(for: rest) }
                    continue
                }
                let next = try await desk.database.read { try $0.nextDue(queue) }
                let wait = next.map { $0.since(desk.now()) } ?? Self.longestWait
                await bell.wait(after: heard, atMost: min(max(wait, .milliseconds(1)), Self.longestWait))
            } catch is CancellationError {
                return
            } catch {
                desk.logger.error(
                    "Work could not be done; it will be tried again", metadata: ["queue": "\(queue.rawValue)", "error": "\(error)"])
                await bell.wait(after: bell.rings, atMost: .seconds(1))
            }
        }
    }

    /// One round; answers how many jobs it took. Tests drive it with their own clock.
    @discardableResult
    public func workOnce() async throws -> Int {
        let now = desk.now()
        guard let due = try await desk.database.read({ try $0.nextDue(queue) }), due <= now else { return 0 }
        // What is late yields to nobody.
        let precedence = now.since(due) < yieldsFor ? Precedence.yielding : .ordinary
        let jobs = try await desk.database.write(precedence) { try $0.lease(queue, at: now, until: now + lease, limit: batch) }
        if !jobs.isEmpty { try await work(jobs) }
        return jobs.count
    }
}
