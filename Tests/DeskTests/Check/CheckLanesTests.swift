import Conversations
import Logging
import MailTransport
import Store
import Synchronization
import Testing

@testable import Desk

/// Each inbox's check is on its own: a relay that accepts and then says nothing delays no other inbox's.
@Suite struct CheckLanesTests {
    @Test(.timeLimit(.minutes(1))) func `relays that hang delay nobody, and no inbox is checked twice at once`() async throws {
        try await MisbehavingRelay.run(.banner, .stall) { silent in
            // Behaves until we take leave of it.
            try await MisbehavingRelay.run(.quit, .drop) { good in
                try await MailHouse.with { house in
                    let scene = try Scene(house) { $0.name == "Silent" ? silent : good }
                    scene.gate.ring()
                    // More than the queue's workers were, and than the relays are given connections.
                    var hanging: [Inbox] = []
                    for _ in 0..<12 { hanging.append(try await house.inbox(named: "Silent")) }
                    let (first, second) = (try await house.inbox(named: "First"), try await house.inbox(named: "Second"))
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { try await scene.worker().run() }
                        var checks: [ID<ContinuityCheck>] = []
                        for inbox in hanging { checks.append(try await scene.start(inbox)) }
                        var begun = scene.begun.stream.makeAsyncIterator()
                        for _ in hanging { _ = await begun.next() }
                        // All of them hang now.
                        let check = try await scene.start(first)
                        var done = scene.done.stream.makeAsyncIterator()
                        #expect(await done.next() == check.value)
                        #expect(try await scene.isAccepted(check))
                        // Something of a hanging inbox comes in, and stands before the next inbox's check.
                        let now = house.clock.now
                        try await house.desk.database.write { [checks, hanging] tx in
                            for (check, inbox) in zip(checks, hanging) {
                                try tx.enqueue(.continuityCheck, check.value, lane: inbox.id, due: now)
                            }
                        }
                        let next = try await scene.start(second)
                        #expect(await done.next() == next.value)
                        #expect(try await scene.isAccepted(next))
                        #expect(hanging.allSatisfy { scene.count(of: $0) == 1 })
                        group.cancelAll()
                    }
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [(most: 2, mostOfAccount: 6), (most: 6, mostOfAccount: 2)])
    func `no more are checked at once than may be`(most: Int, mostOfAccount: Int) async throws {
        try await MisbehavingRelay.run(.quit, .drop) { good in
            try await MailHouse.with { house in
                let scene = try Scene(house) { _ in good }
                var inboxes: [Inbox] = []
                for number in 0..<6 { inboxes.append(try await house.inbox(named: "\(number)")) }
                for inbox in inboxes { _ = try await scene.start(inbox) }
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { try? await scene.worker(LaneWorker.Bounds(most: most, mostOfAccount: mostOfAccount)).run() }
                    var begun = scene.begun.stream.makeAsyncIterator()
                    for _ in 0..<2 { _ = await begun.next() }
                    scene.gate.ring()
                    var done = scene.done.stream.makeAsyncIterator()
                    for _ in inboxes { _ = await done.next() }
                    group.cancelAll()
                }
                #expect(inboxes.allSatisfy { scene.count(of: $0) == 1 })
                #expect(scene.mostAtOnce == 2)
            }
        }
    }

    /// A desk whose inboxes send their probes over real sockets, and what was seen of that.
    private final class Scene: Sendable {
        private struct Seen {
            var sends: [ID<Inbox>: Int] = [:]
            var now = 0
            var most = 0
        }

        let begun = AsyncStream.makeStream(of: ID<Inbox>.self)
        /// The checks whose worker has ended its round.
        let done = AsyncStream.makeStream(of: Int64.self)
        /// Rung when the relays may be spoken to.
        let gate = Bell()
        private let desk: Desk
        private let bells = Bells()
        private let port: @Sendable (Inbox) -> Int
        private let seen = Mutex(Seen())

        init(_ house: MailHouse, port: @escaping @Sendable (Inbox) -> Int) throws {
            desk = try InterruptedCheckTests.desk(house)
            self.port = port
        }

        func worker(_ bounds: LaneWorker.Bounds? = nil) -> LaneWorker {
            let check = RunContinuityCheck(desk: desk) { inbox in
                let relay = try SMTPRelay(url: "smtp://127.0.0.1:\(self.port(inbox))?tls=none")
                let sender = try SMTPSender(relay: relay, settings: SMTPClientSettings(hostname: "desk.test"), logger: self.desk.logger)
                return .relay(
                    .init(name: "relay", host: "relay.test") { mail, envelope, beforeFinalDot in
                        self.begin(inbox)
                        await self.gate.wait(after: 0)
                        defer { self.end() }
                        return await sender.send(mail, envelope: envelope, beforeFinalDot: beforeFinalDot)
                    })
            }
            let work: @Sendable ([Job]) async throws -> Void = { jobs in
                try await check.run(jobs)
                for job in jobs { self.done.continuation.yield(job.subjectID) }
            }
            guard let bounds else { return .continuityChecks(desk: desk, bells: bells, work: work) }
            return .continuityChecks(desk: desk, bells: bells, bounds: bounds, work: work)
        }

        func start(_ inbox: Inbox) async throws -> ID<ContinuityCheck> {
            defer { bells.queue(.continuityCheck).ring() }
            return try await StartContinuityCheck(desk: desk).run(inbox, origin: .button)
        }

        func isAccepted(_ id: ID<ContinuityCheck>) async throws -> Bool {
            try await desk.database.read { try $0.check(id)?.acceptedAt != nil }
        }

        func count(of inbox: Inbox) -> Int { seen.withLock { $0.sends[inbox.id] ?? 0 } }

        var mostAtOnce: Int { seen.withLock { $0.most } }

        private func begin(_ inbox: Inbox) {
            seen.withLock { seen in
                seen.sends[inbox.id, default: 0] += 1
                seen.now += 1
                seen.most = max(seen.most, seen.now)
            }
            begun.continuation.yield(inbox.id)
        }

        private func end() { seen.withLock { $0.now -= 1 } }
    }
}

extension MailHouse {
    fileprivate func inbox(named name: String) async throws -> Inbox {
        try await CreateInbox(desk: desk).run(
            CreateInbox.Draft(kind: .website, name: name, websiteURL: "https://acme.test", replyDomain: "reply.acme.test"),
            account: agent.accountID)
    }
}
