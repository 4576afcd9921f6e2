import Conversations
import Store
import Testing

/// What `Database` promises of its transactions.
@Suite struct TransactionTests {
    struct Refused: Error {}

    @Test(arguments: DatabaseUnderTest.allCases)
    func `a body that throws leaves nothing behind`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            await #expect(throws: Refused.self) {
                try await database.write { tx in
                    _ = try tx.createAccount(name: "Half", locale: "en", at: morning)
                    throw Refused()
                }
            }
            let answer1 = try await database.read { try $0.firstAccount() }
            #expect(answer1 == nil)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `one writer's failure takes nothing from those who share its commit`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let kept = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        do {
                            try await database.write { tx in
                                _ = try tx.createAccount(name: "\(number)", locale: "en", at: morning)
                                if number.isMultiple(of: 3) { throw Refused() }
                            }
                            return true
                        } catch is Refused {
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(kept == 66)
            let found = try await database.read { try $0.rows("SELECT id FROM accounts").count }
            #expect(found == kept)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `of several bodies each stands by itself, in their order`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            for precedence in [Precedence.ordinary, .yielding] {
                let answers = await database.writeEach(
                    precedence,
                    (0..<10).map { number in
                        { tx in
                            let id = try tx.createAccount(name: "\(number)", locale: "en", at: morning).id.value
                            if number == 4 { throw Refused() }
                            return id
                        }
                    })
                let ids = answers.compactMap { try? $0.get() }
                #expect(answers.count == 10 && ids.count == 9)
                #expect(throws: Refused.self) { try answers[4].get() }
                #expect(ids == ids.sorted())
                let found = try await database.read { try $0.rows("SELECT id FROM accounts WHERE name = '4'").count }
                #expect(found == 0)
            }
            #expect(await database.writeEach(.ordinary, [@Sendable (any Connection) throws -> Int]()).isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: DatabaseUnderTest.allCases)
    func `a write that yields comes to its end while others write without a pause`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        while !Task.isCancelled {
                            _ = try await database.write { try $0.run("UPDATE schema_version SET version = version") }
                        }
                    }
                }
                for number in 0..<3 {
                    _ = try await database.write(.yielding) { try $0.createAccount(name: "\(number)", locale: "en", at: morning) }
                }
                group.cancelAll()
            }
            #expect(try await database.read { try $0.rows("SELECT id FROM accounts").count } == 3)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `what waits while the database closes is written, or its writer hears that it is closed`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let writes = Task { try await database.write(.yielding) { try $0.createAccount(name: "late", locale: "en", at: morning) } }
            try await database.close()
            do {
                _ = try await writes.value
            } catch StoreError.closed {
            }
        }
    }

    @Test func `SQLite syncs every commit`() async throws {
        try await DatabaseUnderTest.sqlite.run { database in
            let level = try await database.write { tx -> Int64? in
                var row = try tx.rows("PRAGMA synchronous").first?.reader()
                return try row?.integer()
            }
            #expect(level == 2)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `a read sees what was written before it`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            for number in 1...20 {
                _ = try await database.write { try $0.createAccount(name: "\(number)", locale: "en", at: morning) }
                #expect(try await database.read { try $0.rows("SELECT id FROM accounts").count } == number)
            }
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `migrating twice changes nothing`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            try await database.migrate()
            #expect(try await database.read { try $0.account(shop.account.id)?.name } == "Shop")
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `a newer program's database is refused`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            _ = try await database.write { try $0.run("INSERT INTO schema_version (version) VALUES (?)", [Migrations.current + 1]) }
            await #expect(throws: StoreError.self) { try await database.migrate() }
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `all kinds of values come back as they went in`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            let text = "Grüße 👋 'quoted' \"double\" \\ % _ \u{202E}"
            var draft = Message.sample(in: shop.conversation, content: text)
            draft.delivery = DeliveryState(.deferred, until: morning + .seconds(60), at: morning, to: "a@b.test", reason: "later")
            draft.contentAttributes = #"{"a":[1,2.5,null,true]}"#
            let stored = draft
            let id = try await database.write { try $0.createMessage(stored).id }
            let found = try #require(try await database.read { try $0.message(id) })
            #expect(found.content == text)
            #expect(found.delivery == stored.delivery)
            #expect(found.contentAttributes == stored.contentAttributes)
        }
    }
}
