import Conversations
import Desk
import MailFormat
import Store
import Testing

/// Out of hours, and after a long silence.
@Suite struct SilenceTests {
    /// Closed on every day.
    private static func away(_ words: String? = nil, greeting: String? = nil) -> JSON {
        let days = (0..<7).map { JSON.object([("day_of_week", .integer($0)), ("closed_all_day", .bool(true))]) }
        var members: [(String, JSON)] = [("working_hours_enabled", .bool(true)), ("working_hours", .array(days))]
        if let words { members.append(("out_of_office_message", .string(words))) }
        if let greeting { members += [("greeting_enabled", .bool(true)), ("greeting_message", .string(greeting))] }
        return .object(members)
    }

    private func automatic(_ visitor: TestVisitor) async throws -> [String] {
        try await visitor.messages.filter { $0["message_type"]?.int == 3 && $0["content_type"]?.stringValue == "text" }
            .compactMap { $0["content"]?.stringValue }
    }

    @Test func outOfHoursAnEmailIsPromisedOnlyWhereOneCanBeSent() async throws {
        try await TestServer.run(inbox: { $0.settings = Self.away() }) { server in
            let (visitor, _) = try await server.customer(nil)
            #expect(try await automatic(visitor) == ["We are away right now. Leave your email address and you need not wait here."])
            try await server.change(visitor) { ($0.email, $0.emailState) = ("ann@customer.test", .claimed) }
            // Once in twelve hours.
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"Hello?"}}"#)
            #expect(try await automatic(visitor).count == 1)
            server.clock.advance(.seconds(12 * 3600 + 1))
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"Hello?"}}"#)
            #expect(
                try await automatic(visitor).last
                    == "We are away right now. You need not wait here: the answer comes to a…@customer.test by email.")
            try await server.change(visitor) { $0.emailState = .unreachable }
            server.clock.advance(.seconds(12 * 3600 + 1))
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"Hello?"}}"#)
            #expect(try await automatic(visitor).last == "We are away right now. You will find the answer here in the chat.")
            #expect(try await server.mails().isEmpty)
        }
    }

    @Test func anAdministratorsWordsHaveTwoVersionsToo() async throws {
        let words = "{{company}} sleeps.{{#email}} We write to {{email}}.{{/email}}{{^email}} Come back tomorrow.{{/email}}"
        try await TestServer.run(inbox: { $0.settings = Self.away(words, greeting: "Hi!{{#email}} Mail: {{email}}{{/email}}") }) { server in
            let (visitor, _) = try await server.customer(nil)
            #expect(try await automatic(visitor) == ["Hi!", "Shop sleeps. Come back tomorrow."])
            let second = try await server.visitor()
            _ = try await second.call(
                "POST", "conversations", #"{"contact":{"email":"bo@customer.test"},"message":{"content":"Hello"}}"#)
            #expect(try await automatic(second) == ["Hi! Mail: b…@customer.test", "Shop sleeps. We write to b…@customer.test."])
        }
        await #expect(throws: DeskError.self) {
            try await TestServer.run(inbox: { $0.settings = Self.away("{{#email}} never closed") }) { _ in }
        }
        await #expect(throws: DeskError.self) {
            try await TestServer.run(inbox: { $0.settings = Self.away("{{secret}}") }) { _ in }
        }
    }

    @Test func withinHoursNothingIsSaid() async throws {
        try await TestServer.run(inbox: { $0.settings = .object([("working_hours_enabled", .bool(true))]) }) { server in
            // 1 800 000 000 is a Friday, eight in the morning, UTC: an hour before nine.
            server.clock.advance(.seconds(3600))
            let (visitor, _) = try await server.customer()
            #expect(try await automatic(visitor).isEmpty)
        }
    }

    @Test func aSilentConversationResolvesByItself() async throws {
        let settings = JSON.object([("auto_resolve_after", .integer(60)), ("auto_resolve_message", .string("We close this here."))])
        try await TestServer.run(inbox: { $0.settings = settings }) { server in
            let agent = try await server.agent()
            let (visitor, conversation) = try await server.customer()
            func status() async throws -> Conversation.Status { try await server.conversation(of: visitor).status }
            func tick() async throws { try await server.work(.autoResolve) { try await AutoResolve(desk: server.desk).run($0) } }
            // The customer waits: however long it is, it stays open.
            server.clock.advance(.seconds(86_400))
            try await tick()
            #expect(try await status() == .open)
            try await server.say("Yes", in: conversation, by: agent)
            server.clock.advance(.seconds(3599))
            try await tick()
            #expect(try await status() == .open)
            server.clock.advance(.seconds(1))
            try await tick()
            #expect(try await status() == .resolved)
            #expect(try await automatic(visitor) == ["We close this here."])
            // A new word opens it, and the time begins anew.
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"And to Sweden?"}}"#)
            try await server.say("Too", in: conversation, by: agent)
            server.clock.advance(.seconds(3000))
            try await tick()
            #expect(try await status() == .open)
            server.clock.advance(.seconds(600))
            try await tick()
            #expect(try await status() == .resolved)
        }
    }

    @Test func theSettingReachesConversationsThatAreThere() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (visitor, conversation) = try await server.customer()
            try await server.say("Yes", in: conversation, by: agent)
            var changes = UpdateInbox.Changes()
            changes.settings = .object([("auto_resolve_after", .integer(10))])
            _ = try await UpdateInbox(desk: server.desk).run(server.inbox.id.value, changes, by: agent)
            server.clock.advance(.seconds(600))
            try await server.work(.autoResolve) { try await AutoResolve(desk: server.desk).run($0) }
            #expect(try await server.conversation(of: visitor).status == .resolved)
            changes.settings = .object([("auto_resolve_after", .integer(9))])
            await #expect(throws: DeskError.self) {
                _ = try await UpdateInbox(desk: server.desk).run(server.inbox.id.value, changes, by: agent)
            }
        }
    }
}
