import Conversations
import Store
import Testing

@Suite struct ConversationTests {
    @Test(arguments: DatabaseUnderTest.allCases)
    func `conversations are numbered within their account, without holes, also when many begin at once`(_ kind: DatabaseUnderTest)
        async throws
    {
        try await kind.run { database in
            let (shop, other) = (try await Shop.open(database), try await Shop.open(database, named: "Other"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        _ = try await database.write { try $0.createConversation(.sample(in: shop.inbox, with: shop.contact)) }
                    }
                }
                try await group.waitForAll()
            }
            let numbers = try await database.read { tx in
                try tx.conversations(in: shop.account.id, matching: ConversationFilter(), limit: 100, offset: 0).map(\.displayID)
            }
            #expect(numbers.sorted() == Array(1...41))
            #expect(other.conversation.displayID == 1)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `another account's number finds nothing`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let (shop, other) = (try await Shop.open(database), try await Shop.open(database, named: "Other"))
            _ = try await database.write { try $0.createConversation(.sample(in: shop.inbox, with: shop.contact)) }
            let answer1 = try await database.read { try $0.conversation(displayID: 2, in: other.account.id) }
            #expect(answer1 == nil)
            let answer2 = try await database.read { try $0.conversation(displayID: 2, in: shop.account.id) }
            #expect(answer2 != nil)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `the tabs' kept counts are what counting gives`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            let (mine, hers) = (ID<Agent>(7), ID<Agent>(8))
            try await database.write { tx in
                for number in 0..<30 {
                    var conversation = try tx.createConversation(.sample(in: shop.inbox, with: shop.contact))
                    var before = conversation
                    conversation.assigneeID = number % 3 == 0 ? mine : number % 3 == 1 ? hers : nil
                    try tx.updateConversation(conversation, from: before)
                    before = conversation
                    if number % 5 == 0 { conversation.status = .resolved }
                    try tx.updateConversation(conversation, from: before)
                }
            }
            for status in Conversation.Status.allCases.map(Optional.some) + [nil] {
                var filter = ConversationFilter()
                filter.status = status
                let (kept, rows) = try await database.read { [filter] tx in
                    (
                        try tx.conversationCounts(in: shop.account.id, matching: filter, mine: mine),
                        try tx.conversations(in: shop.account.id, matching: filter, limit: 100, offset: 0)
                    )
                }
                #expect(kept.all == rows.count)
                #expect(kept.mine == rows.count { $0.assigneeID == mine })
                #expect(kept.unassigned == rows.count { $0.assigneeID == nil })
                #expect(kept.assigned == rows.count { $0.assigneeID != nil })
                // The same by the counting query, which a further filter asks for.
                filter.inbox = shop.inbox.id
                let counted = try await database.read { [filter] in
                    try $0.conversationCounts(in: shop.account.id, matching: filter, mine: mine)
                }
                #expect((counted.all, counted.mine, counted.unassigned) == (kept.all, kept.mine, kept.unassigned))
            }
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `labels filter, and go when they are taken off`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            var filter = ConversationFilter()
            filter.labels = ["vip"]
            func found() async throws -> Int {
                try await database.read { [filter] in
                    try $0.conversations(in: shop.account.id, matching: filter, limit: 10, offset: 0).count
                }
            }
            try await database.write { try $0.setLabels(["vip", "refund"], of: shop.conversation) }
            #expect(try await found() == 1)
            #expect(try await database.read { try $0.conversation(shop.conversation.id)?.labels } == ["vip", "refund"])
            try await database.write { try $0.setLabels(["refund"], of: shop.conversation) }
            #expect(try await found() == 0)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases, ["100%", "a_b", "\\"])
    func `what somebody searches for stands for itself`(_ kind: DatabaseUnderTest, _ text: String) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            let wanted = try await database.write { tx in
                var contact = Contact.sample(in: shop.account, email: nil)
                contact.name = "x\(text)y"
                return try tx.createContact(contact).id
            }
            let found = try await database.read {
                try $0.contacts(of: shop.account.id, search: [text], sort: .name, limit: 10, offset: 0).map(\.id)
            }
            #expect(found == [wanted])
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `the last message of the list is the newest that is no system line`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            let last = try await database.write { tx in
                _ = try tx.createMessage(.sample(in: shop.conversation, content: "first"))
                let last = try tx.createMessage(.sample(in: shop.conversation, content: "second"))
                _ = try tx.createMessage(.sample(in: shop.conversation, kind: .activity, content: "assigned"))
                return last.id
            }
            #expect(try await database.read { try $0.lastMessages(of: [shop.conversation.id])[shop.conversation.id]?.id } == last)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `pages of a thread meet without gap or overlap`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            let ids = try await database.write { tx in
                try (0..<45).map { _ in try tx.createMessage(.sample(in: shop.conversation)).id.value }
            }
            let newest = try await database.read { try $0.messages(in: shop.conversation.id, limit: 20).map(\.id.value) }
            #expect(newest == Array(ids.suffix(20)))
            let older = try await database.read {
                try $0.messages(in: shop.conversation.id, before: newest.first, limit: 20).map(\.id.value)
            }
            #expect(older == Array(ids[5..<25]))
            let after = try await database.read { try $0.messages(in: shop.conversation.id, after: ids[4], limit: 10).map(\.id.value) }
            #expect(after == Array(ids[5..<15]))
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `one echo id is one message of a conversation`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            let first = try await database.write { try $0.createMessage(.sample(in: shop.conversation, echoID: "e1")).id }
            await #expect(throws: (any Error).self) {
                _ = try await database.write { try $0.createMessage(.sample(in: shop.conversation, echoID: "e1")) }
            }
            #expect(try await database.read { try $0.message(echoID: "e1", in: shop.conversation.id)?.id } == first)
        }
    }

    @Test(arguments: DatabaseUnderTest.allCases)
    func `held and undelivered messages show as trouble until they are settled or seen`(_ kind: DatabaseUnderTest) async throws {
        try await kind.run { database in
            let shop = try await Shop.open(database)
            func trouble() async throws -> ConversationTrouble {
                try await database.read { try $0.troubles(of: [shop.conversation.id])[shop.conversation.id] ?? .init() }
            }
            #expect(try await trouble() == ConversationTrouble())
            let (held, failed) = try await database.write { tx in
                var held = Message.sample(in: shop.conversation)
                held.isHeld = true
                var failed = Message.sample(in: shop.conversation, kind: .outgoing)
                failed.delivery = DeliveryState(.bounced, at: morning, reason: "mailbox full")
                return (try tx.createMessage(held), try tx.createMessage(failed))
            }
            #expect(try await trouble().held == 1)
            #expect(try await trouble().undelivered == 1)
            try await database.write { tx in
                var settled = held
                settled.isHeld = false
                try tx.updateMessage(settled)
            }
            try await database.write { try $0.markSeenByVisitor(shop.conversation.id, at: failed.createdAt, now: morning) }
            #expect(try await trouble() == ConversationTrouble())
        }
    }
}
