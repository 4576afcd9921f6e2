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
