import Conversations
import Desk
import HTTPAPI
import Store
import Testing

/// The last pages of a contact: bounded, told to agents alone, moved and forgotten with the contact.
@Suite struct LastPagesTests {
    private func tell(_ visitor: TestVisitor, _ page: String) async throws {
        let body = #"{"open":true,"visible":true,"page":"https://shop.test/\#(page)","title":"Page \#(page)"}"#
        #expect(try await visitor.call("POST", "presence", body).status == 200)
    }

    private func kept(_ server: TestServer, _ contact: Int64) async throws -> [String] {
        try await server.desk.database.read { try $0.pages(of: ID(contact), limit: 100) }.map { String($0.title.dropFirst(5)) }
    }

    @Test func `ten are kept, and nobody is followed faster than a person reads`() async throws {
        try await TestServer.run { server in
            let (ann, _) = try await server.customer()
            let before = try await server.desk.database.read { try $0.eventBounds().newest }
            for page in ["a", "a", "b", "a"] { try await tell(ann, page) }
            #expect(try await kept(server, ann.contactID) == ["a", "b", "a"])
            let events = try await server.desk.database.read { try $0.events(after: before, limit: 100) }
                .filter { $0.name == EventName.contactPage.rawValue }
            // One for each other page, for agents alone.
            #expect(events.count == 3 && events.allSatisfy { $0.visitorPayload == nil })

            for number in 1...12 { try await tell(ann, "\(number)") }
            #expect(try await kept(server, ann.contactID) == ["7", "6", "5", "4", "3", "2", "1", "a", "b", "a"])
            server.clock.advance(.seconds(30))
            for page in ["x", "y"] { try await tell(ann, page) }
            #expect(try await kept(server, ann.contactID).prefix(3) == ["y", "x", "7"])
            #expect(try await kept(server, ann.contactID).count == 10)
        }
    }

    @Test func `they go with the contact, and are forgotten`() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (ann, conversation) = try await server.customer()
            let (other, _) = try await server.customer("other@customer.test", proven: false)
            try await tell(ann, "hers")
            server.clock.advance(.seconds(1))
            try await tell(other, "theirs")
            _ = try await MergeContacts(desk: server.desk).run(other.contactID, into: ann.contactID, by: agent)
            #expect(try await kept(server, ann.contactID) == ["theirs", "hers"])
            #expect(try await kept(server, other.contactID) == [])
            // What the browser of the joined contact says since is the other one's.
            server.clock.advance(.seconds(1))
            try await tell(other, "later")
            #expect(try await kept(server, ann.contactID) == ["later", "theirs", "hers"])

            server.clock.advance(.seconds(30 * 86_400))
            try await Housekeeping(desk: server.desk).runOnce()
            #expect(try await kept(server, ann.contactID) == ["later"])
            try await DeleteConversation(desk: server.desk).run(conversation.displayID, by: agent)
            #expect(try await kept(server, ann.contactID) == [])

            try await server.change(ann) { $0.blocked = true }
            try await tell(ann, "again")
            #expect(try await kept(server, ann.contactID) == [])
        }
    }
}
