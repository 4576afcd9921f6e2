import Conversations
import Store
import Testing

@Suite struct QueueTests {
    @Test(arguments: DatabaseUnderTest.allCases)
    func `work is leased once, and again when the lease has ended`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            try await database.write { try $0.enqueue(.outbox, 5, due: morning) }
            func lease(at now: Instant) async throws -> [Job] {
                try await database.write { try $0.lease(.outbox, at: now, until: now + .seconds(60), limit: 10) }
            }
            #expect(try await lease(at: morning - .seconds(1)).isEmpty)
            let first = try #require(try await lease(at: morning).first)
            #expect(first.subjectID == 5 && first.attempts == 1)
            #expect(try await lease(at: morning + .seconds(59)).isEmpty)
            let second = try #require(try await lease(at: morning + .seconds(60)).first)
            #expect(second.attempts == 2)
            #expect(try await database.write { try $0.finish(first) } == false)
            #expect(try await database.write { try $0.finish(second) } == true)
            #expect(try await lease(at: morning + .seconds(600)).isEmpty)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `work that is queued again while somebody holds it is not finished by the holder`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            try await database.write { try $0.enqueue(.continuity, 5, due: morning) }
            let held = try await database.write { try $0.lease(.continuity, at: morning, until: morning + .seconds(60), limit: 1) }
            try await database.write { try $0.enqueue(.continuity, 5, due: morning + .seconds(10)) }
            let job = try #require(held.first)
            #expect(try await database.write { try $0.holds(job) } == false)
            #expect(try await database.write { try $0.finish(job) } == false)
            #expect(try await database.read { try $0.due(.continuity, 5) } == morning + .seconds(10))
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `many workers share the work, each job to one of them`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            try await database.write { tx in for subject in 0..<200 { try tx.enqueue(.inboundMail, Int64(subject), due: morning) } }
            let subjects = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var mine: [Int64] = []
                        while true {
                            let jobs = try await database.write {
                                try $0.lease(.inboundMail, at: morning, until: morning + .seconds(60), limit: 7)
                            }
                            if jobs.isEmpty { return mine }
                            mine += jobs.map(\.subjectID)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(subjects.sorted() == (0..<200).map { Int64($0) })
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `the next due time minds leases`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let answer1 = try await database.read { try $0.nextDue(.outbox) }
            #expect(answer1 == nil)
            try await database.write { try $0.enqueue(.outbox, 1, due: morning) }
            #expect(try await database.read { try $0.nextDue(.outbox) } == morning)
            _ = try await database.write { try $0.lease(.outbox, at: morning, until: morning + .seconds(60), limit: 1) }
            #expect(try await database.read { try $0.nextDue(.outbox) } == morning + .seconds(60))
        }
    }
}
