import Conversations
import Store
import Testing

@Suite struct EventTests {
    @Test(arguments: DatabaseUnderTest.allCases)
    func `events come in the order of their commits and only to those who may see them`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let (shop, other) = (try await Shop.open(database), try await Shop.open(database, named: "Other"))
            try await database.write { tx in
                func append(_ name: EventName, _ shop: Shop, visitor: String?) throws {
                    try tx.append(
                        name, account: shop.account.id, inbox: shop.inbox.id, contact: shop.contact.id, payload: "{}",
                        visitorPayload: visitor, at: morning)
                }
                try append(.messageCreated, shop, visitor: "{}")
                try append(.messageUpdated, shop, visitor: nil)
                try append(.messageCreated, other, visitor: "{}")
            }
            let (_, newest) = try await database.read { try $0.eventBounds() }
            func names(_ audience: Audience) async throws -> [String] {
                try await database.read { try $0.events(for: audience, after: 0, through: newest, limit: 100).map(\.name) }
            }
            #expect(try await names(.agents(shop.account.id)) == ["message.created", "message.updated"])
            #expect(try await names(.visitor(shop.contact.id, shop.inbox.id)) == ["message.created"])
            #expect(try await names(.visitor(shop.contact.id, other.inbox.id)).isEmpty)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `a cursor misses nothing while many write`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await database.write {
                            try $0.append(.contactUpdated, account: shop.account.id, payload: "\(number)", at: morning)
                        }
                    }
                }
                group.addTask {
                    var (cursor, seen) = (Int64(0), Set<String>())
                    while seen.count < 200 {
                        let events = try await database.read { [cursor] in try $0.events(after: cursor, limit: 7) }
                        for event in events {
                            #expect(event.id > cursor)
                            cursor = event.id
                            #expect(seen.insert(event.payload).inserted)
                        }
                        await Task.yield()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `the newest event is never forgotten, so that numbers never begin anew`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            try await database.write { tx in
                for _ in 0..<5 { try tx.append(.contactUpdated, account: shop.account.id, payload: "{}", at: morning) }
            }
            let before = try await database.read { try $0.eventBounds() }
            #expect(try await database.write { try $0.forgetEvents(before: morning + .seconds(1), atMost: 100) } == 4)
            let after = try await database.read { try $0.eventBounds() }
            #expect(after.oldest == before.newest && after.newest == before.newest)
        }
    }
}
