import Conversations
import MailTransport
import Store
import Synchronization
import Testing

@testable import Desk

/// A check that the end of the program cuts short says nothing of the mail; and no trouble of our own ends the nightly checks.
@Suite struct InterruptedCheckTests {
    static func desk(_ house: MailHouse, _ database: (any Database)? = nil) throws -> Desk {
        var options = house.desk.options
        options.check.mailStaysHere = false
        options.check.receivers = ["127.0.0.1:25"]
        return Desk(
            database: database ?? house.desk.database, options: options, secrets: house.desk.secrets, node: "test",
            logger: house.desk.logger,
            now: house.desk.now, random: house.desk.random
        ).writingMail(with: try #require(house.desk.mailTemplates))
    }

    private static func lease(_ queue: QueueName, _ house: MailHouse) async throws -> [Job] {
        let now = house.clock.now
        let lane = queue == .continuityCheck ? house.inbox.id : nil
        return try await house.desk.database.write { try $0.lease(queue, lane: lane, at: now, until: now + .seconds(60), limit: 20) }
    }

    private static func check(_ id: ID<ContinuityCheck>, _ house: MailHouse) async throws -> ContinuityCheck {
        try #require(try await house.desk.database.read { try $0.check(id) })
    }

    @Test(.timeLimit(.minutes(1))) func `stopped while the probe is sent, it begins anew after the next start`() async throws {
        try await MailHouse.with { house in
            let desk = try Self.desk(house)
            let begun = AsyncStream.makeStream(of: Void.self)
            let sends = Counter()
            let run = RunContinuityCheck(desk: desk) { _ in
                .relay(
                    .init(name: "relay", host: "relay.test") { _, _, _ in
                        guard sends.next() == 1 else { return .accepted(SMTPReply(250, "taken"), refused: []) }
                        begun.continuation.yield()
                        try? await Task.sleep(for: .seconds(3_600))
                        return .temporary(.connecting, .words("sending was stopped"))
                    })
            }
            let id = try await StartContinuityCheck(desk: desk).run(house.inbox, origin: .button)
            let jobs = try await Self.lease(.continuityCheck, house)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await run.run(jobs) }
                for await _ in begun.stream { break }
                group.cancelAll()
            }
            #expect(try await Self.check(id, house).state == .running)
            // The next start is long after the first one's time was over.
            house.clock.advance(by: .seconds(3_600))
            try await desk.database.write { try $0.releaseLeases() }
            try await run.run(Self.lease(.continuityCheck, house))
            let check = try await Self.check(id, house)
            #expect(sends.count == 2)
            #expect(check.state == .running && check.acceptedAt == house.clock.now && check.deadline > house.clock.now)
        }
    }

    @Test func `a probe that ends the program each time does not do so for ever`() async throws {
        try await MailHouse.with { house in
            let desk = try Self.desk(house)
            let run = RunContinuityCheck(desk: desk) { _ in .relay(.init(name: "r", host: "r") { _, _, _ in .uncertain("it died") }) }
            let id = try await StartContinuityCheck(desk: desk).run(house.inbox, origin: .button)
            try await desk.database.write { tx in
                var check = try #require(try tx.check(id))
                check.hops = #"[{"name":"settings","state":"done","at":0,"words":"Begun."}]"#
                try tx.updateCheck(check)
            }
            // Killed with the job in hand, again and again.
            for _ in 0..<RunContinuityCheck.mostBeginnings {
                _ = try await Self.lease(.continuityCheck, house)
                try await desk.database.write { try $0.releaseLeases() }
            }
            try await run.run(Self.lease(.continuityCheck, house))
            let check = try await Self.check(id, house)
            #expect(check.state == .failed && check.faults.contains("interrupted"))
        }
    }

    @Test func `errors of the store end no nightly checks`() async throws {
        try await MailHouse.with { house in
            let broken = BrokenDatabase(inner: house.desk.database)
            let desk = try Self.desk(house, broken)
            let now = house.clock.now
            try await desk.database.write { [inbox = house.inbox] in try $0.enqueue(.nightlyCheck, inbox.id.value, due: now) }
            try await NightlyChecks(desk: desk).run(Self.lease(.nightlyCheck, house))
            func night() async throws -> Instant? {
                try await house.desk.database.read { [inbox = house.inbox] in try $0.due(.nightlyCheck, inbox.id.value) }
            }
            #expect(try #require(try await night()) > now)
            let begun = try await house.desk.database.read { [inbox = house.inbox] in try $0.lastCheck(of: inbox.id) }
            let check = try #require(begun)
            let run = RunContinuityCheck(desk: desk) { _ in .relay(.init(name: "r", host: "r") { _, _, _ in .uncertain("never asked") }) }
            for _ in 0..<RunContinuityCheck.mostTries {
                #expect(try await Self.check(check.id, house).state == .running)
                let jobs = try await Self.lease(.continuityCheck, house)
                broken.failsNext.withLock { $0 = true }
                try await run.run(jobs)
                house.clock.advance(by: .seconds(11))
            }
            let ended = try await Self.check(check.id, house)
            #expect(ended.state == .failed && ended.faults.contains("interrupted"))
            #expect(try #require(try await night()) > house.clock.now)
        }
    }
}

/// A store whose next change fails.
private final class BrokenDatabase: Database {
    private struct Broken: Error {}

    let failsNext = Mutex(false)
    private let inner: any Database

    init(inner: any Database) { self.inner = inner }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T { try await inner.read(body) }

    func write<T: Sendable>(_ precedence: Precedence, _ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        let fails = failsNext.withLock { fails in
            defer { fails = false }
            return fails
        }
        if fails { throw Broken() }
        return try await inner.write(precedence, body)
    }

    func writeEach<T: Sendable>(
        _ precedence: Precedence, _ bodies: [@Sendable (any Connection) throws -> T]
    ) async -> [Result<T, any Error>] {
        await inner.writeEach(precedence, bodies)
    }

    func migrate() async throws { try await inner.migrate() }
    func close() async throws {}
}

private final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }

    func next() -> Int {
        value.withLock { count in
            count += 1
            return count
        }
    }
}
