import Conversations
import Store
import Testing

@Suite struct ContactTests {
    @Test(arguments: DatabaseUnderTest.allCases)
    func `an address that a visitor only typed finds nobody`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            try await database.write { tx in
                let visitor = try tx.createContact(.sample(in: shop.account, email: "typed@x.test"))
                _ = try tx.createVisitorSession(
                    inbox: shop.inbox, contact: visitor.id, sourceID: "s", streamTokenHash: "h", hmacVerified: false, at: morning)
            }
            let answer1 = try await database.read { try $0.contact(owning: "typed@x.test", in: shop.account.id) }
            #expect(answer1 == nil)
            try await database.write { tx in
                let contact = try #require(try tx.contacts(of: shop.account.id, search: ["typed@"], sort: .name, limit: 1, offset: 0).first)
                try tx.addAddress("typed@x.test", state: .proven, to: contact, at: morning)
            }
            let answer2 = try await database.read { try $0.contact(owning: "typed@x.test", in: shop.account.id) }
            #expect(answer2 != nil)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `an address owns nothing in another account`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let (shop, other) = (try await Shop.open(database), try await Shop.open(database, named: "Other"))
            #expect(try await database.read { try $0.contact(owning: "ann@shop.test", in: shop.account.id)?.id } == shop.contact.id)
            let answer3 = try await database.read { try $0.contact(owning: "ann@shop.test", in: other.account.id) }
            #expect(answer3 == nil)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases, ContactSort.allCases)
    func `every order of the list gives every contact once`(_ kind: DatabaseUnderTest, _ sort: ContactSort) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            try await database.write { tx in
                for number in 0..<20 {
                    _ = try tx.createContact(.sample(in: shop.account, email: number % 2 == 0 ? "c\(number)@x.test" : nil))
                }
            }
            let pages = try await database.read { tx in
                try (0..<3).flatMap { try tx.contacts(of: shop.account.id, search: [], sort: sort, limit: 8, offset: $0 * 8) }
            }
            #expect(pages.count == 21)
            #expect(Set(pages.map(\.id)).count == 21)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `a file is kept once and goes with the last message that has it`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            let messages = try await database.write { tx in
                try (0..<2).map { _ in
                    let message = try tx.createMessage(.sample(in: shop.conversation))
                    _ = try tx.attach(
                        [1, 2, 3], sha256: "abc", filename: "a.bin", contentType: "x/y", isInline: false, contentID: nil, to: message,
                        at: morning)
                    return message.id
                }
            }
            try await database.write { try $0.removeAttachments(of: messages[0]) }
            #expect(try await database.read { try $0.blob("abc") } == [1, 2, 3])
            try await database.write { try $0.removeAttachments(of: messages[1]) }
            let answer4 = try await database.read { try $0.blob("abc") }
            #expect(answer4 == nil)
        }
    }
}
