import Conversations
import Synchronization
import Testing

@testable import Desk
@testable import Store

/// Taking mail goes before placing it, but not for long.
@Suite struct YieldingTests {
    /// Notes how each write asked to be treated.
    private final class Recorder: Database {
        private let database: any Database
        private let seen = Mutex<[Precedence]>([])

        init(_ database: any Database) { self.database = database }

        var precedences: [Precedence] { seen.withLock { $0 } }

        func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
            try await database.read(body)
        }

        func write<T: Sendable>(
            _ precedence: Precedence, _ body: @escaping @Sendable (any Connection) throws -> T
        ) async throws -> T {
            seen.withLock { $0.append(precedence) }
            return try await database.write(precedence, body)
        }

        func writeEach<T: Sendable>(
            _ precedence: Precedence, _ bodies: [@Sendable (any Connection) throws -> T]
        ) async -> [Result<T, any Error>] {
            seen.withLock { $0.append(precedence) }
            return await database.writeEach(precedence, bodies)
        }

        func migrate() async throws { try await database.migrate() }
        func close() async throws { try await database.close() }
    }

    /// Two workers lease it: one that yields for a second, and one that never does.
    @Test(arguments: [(Int64(0), Precedence.yielding), (999, .yielding), (1_000, .ordinary), (60_000, .ordinary)])
    func `work that is due just now is leased after others, late work with them`(late: Int64, expected: Precedence) async throws {
        try await MailHouse.with { house in
            let recorder = Recorder(house.desk.database)
            let desk = Desk(
                database: recorder, options: house.desk.options, secrets: house.desk.secrets, node: "n", logger: house.desk.logger,
                now: { house.clock.now })
            let due = house.clock.now - .milliseconds(late)
            for (yieldsFor, precedence) in [(Duration.seconds(1), expected), (.zero, .ordinary)] {
                try await house.desk.database.write { try $0.enqueue(.inboundMail, 1, due: due) }
                let before = recorder.precedences.count
                let worker = QueueWorker(
                    desk: desk, bells: Bells(), queue: .inboundMail, lease: .seconds(60), batch: 1, yieldsFor: yieldsFor, work: { _ in })
                #expect(try await worker.workOnce() == 1)
                #expect(Array(recorder.precedences[before...]) == [precedence])
            }
        }
    }

    @Test func `mails are placed together up to a number and a size, in their order`() {
        let jobs = (1...40).map { Job(id: $0, subjectID: $0 + 100, attempts: 1) }
        func portions(_ size: @escaping (Int64) -> Int64) -> [[Int64]] {
            ReadInboundMail.portions(of: jobs, sizes: Dictionary(uniqueKeysWithValues: jobs.map { ($0.subjectID, size($0.id)) }))
                .map { $0.map(\.id) }
        }
        #expect(portions { _ in 4_096 }.map(\.count) == [16, 16, 8])
        #expect(portions { _ in 4_000_000 }.map(\.count) == Array(repeating: 2, count: 20))
        #expect(portions { $0 == 2 ? 25_000_000 : 1 }.map(\.count) == [1, 1, 16, 16, 6])
        #expect(portions { _ in 25_000_000 }.map(\.count) == Array(repeating: 1, count: 40))
        #expect(portions { _ in 3_000_000 }.flatMap { $0 } == jobs.map(\.id))
    }
}
