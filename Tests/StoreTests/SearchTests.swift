import Conversations
import Store
import Testing

@Suite struct SearchTests {
    /// The conversations' numbers that a search finds, and what it shows of the first.
    private func found(_ text: String, in shop: Shop, _ database: any Database) async throws -> [ID<Conversation>] {
        try await database.read { tx in
            var filter = ConversationFilter()
            filter.found = try tx.find(SearchWords(text), in: shop.account.id)
            return try tx.conversations(in: shop.account.id, matching: filter, limit: 10, offset: 0).map(\.id)
        }
    }

    @Test(
        arguments: [
            ("grüne", true), ("GRUNE", true), ("gru", true), ("teapot green", true), ("#%", false), ("teapot red", false), ("ee", false),
            ("\"teapot\" OR red", false), ("tea*pot", false), ("content:teapot", false), ("NOT red", false), ("", false), ("\u{0}", false),
            ("…teapot", true), ("'teapot'", true),
        ])
    func `words of a message are found in any case, unfinished at the end, and are no operators`(_ text: String, _ finds: Bool) async throws
    {
        try await DatabaseUnderTest.sqlite.run { database in
            let shop = try await Shop.open(database)
            _ = try await database.write { try $0.createMessage(.sample(in: shop.conversation, content: "A green teapot, grüne Kanne")) }
            #expect(try await found(text, in: shop, database) == (finds ? [shop.conversation.id] : []))
        }
    }

    @Test func `changed words are found and old ones no more`() async throws {
        try await DatabaseUnderTest.sqlite.run { database in
            let shop = try await Shop.open(database)
            try await database.write { tx in
                var message = try tx.createMessage(.sample(in: shop.conversation, content: "kettle"))
                message.content = "saucer"
                try tx.updateMessage(message)
            }
            #expect(try await found("kettle", in: shop, database) == [])
            #expect(try await found("saucer", in: shop, database) == [shop.conversation.id])
        }
    }

    @Test func `another account's words are not found`() async throws {
        try await DatabaseUnderTest.sqlite.run { database in
            let (shop, other) = (try await Shop.open(database), try await Shop.open(database))
            _ = try await database.write { try $0.createMessage(.sample(in: other.conversation, content: "secret kettle")) }
            #expect(try await found("kettle", in: shop, database) == [])
            #expect(try await found("kettle", in: other, database) == [other.conversation.id])
        }
    }

    @Test func `a conversation is found by its number, and system lines are not searched`() async throws {
        try await DatabaseUnderTest.sqlite.run { database in
            let shop = try await Shop.open(database)
            _ = try await database.write { try $0.createMessage(.sample(in: shop.conversation, kind: .activity, content: "assigned")) }
            #expect(try await found("#\(shop.conversation.displayID)", in: shop, database) == [shop.conversation.id])
            #expect(try await found("assigned", in: shop, database) == [])
        }
    }

    @Test func `the newest place is shown with what was found`() async throws {
        try await DatabaseUnderTest.sqlite.run { database in
            let shop = try await Shop.open(database)
            let last = try await database.write { tx in
                _ = try tx.createMessage(.sample(in: shop.conversation, content: "kettle one"))
                let last = try tx.createMessage(.sample(in: shop.conversation, content: "the \u{2}second\u{3} kettle is here"))
                _ = try tx.createMessage(.sample(in: shop.conversation, content: "no such thing"))
                return last.id
            }
            let hit = try await database.read { tx in
                try tx.hits(of: tx.find(SearchWords("kett"), in: shop.account.id), in: [shop.conversation.id])[shop.conversation.id]
            }
            #expect(hit?.message == last)
            #expect(hit?.pieces.filter(\.isFound).map(\.text).contains("kettle") == true)
            #expect(hit?.pieces.map(\.text).joined().contains("second") == true)
        }
    }
}
