import Conversations
import Desk
import MailFormat
import Store
import Testing

/// Who is told by mail of what nobody has opened, and when (behaviour §9).
@Suite struct NotifyAgentTests {
    private func notify(_ server: TestServer) async throws -> [String] {
        try await server.work(.notification) { try await NotifyAgent(desk: server.desk).run($0) }
        return try await server.mails().filter { $0.mail.subject?.hasPrefix("[#") == true }.compactMap { $0.mail.to.first?.address }
    }

    private func agent(_ name: String, _ server: TestServer) async throws -> Agent {
        try await CreateAgent(desk: server.desk, passwords: PasswordQueue()).run(
            name: name, email: "\(name)@example.test", password: nil, role: .agent, account: server.inbox.accountID
        ).agent
    }

    private func set(_ availability: Agent.Availability, _ agent: Agent, _ server: TestServer) async throws {
        try await server.desk.database.write {
            try $0.updateAgent(agent.id, name: agent.name, availability: availability, uiSettings: "{}")
        }
    }

    @Test func afterThreeMinutesOneAgentIsTold() async throws {
        try await TestServer.run { server in
            _ = try await agent("sam", server)
            _ = try await server.customer(words: "Anybody there?")
            server.clock.advance(.seconds(179))
            #expect(try await notify(server) == [])
            server.clock.advance(.seconds(1))
            #expect(try await notify(server) == ["sam@example.test"])
            let mail = try await server.mails().last?.mail
            #expect(mail?.text.contains("Anybody there?") == true && mail?.header(named: "Auto-Submitted") == "auto-generated")
            // Nothing new: nothing more.
            server.clock.advance(.seconds(3600))
            #expect(try await notify(server).count == 1)
        }
    }

    @Test func whatIsOpenedInTimeIsNotMailed() async throws {
        try await TestServer.run { server in
            let sam = try await agent("sam", server)
            let (_, conversation) = try await server.customer(words: "Anybody there?")
            server.clock.advance(.seconds(100))
            _ = try await MarkConversationSeen(desk: server.desk).run(conversation.displayID, by: sam)
            server.clock.advance(.seconds(100))
            #expect(try await notify(server) == [])
        }
    }

    @Test func theAssigneeElseOneOnlineElseOneOffline() async throws {
        try await TestServer.run { server in
            let (sam, kim, lee) = (try await agent("sam", server), try await agent("kim", server), try await agent("lee", server))
            for agent in [sam, lee] { try await set(.offline, agent, server) }
            let (visitor, conversation) = try await server.customer(words: "One")
            server.clock.advance(.seconds(180))
            #expect(try await notify(server) == ["kim@example.test"])
            try await set(.offline, kim, server)
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"Two","echo_id":"two"}}"#)
            server.clock.advance(.seconds(180))
            #expect(try await notify(server).count == 2)
            _ = try await AssignConversation(desk: server.desk).run(conversation.displayID, to: lee.id.value, by: sam)
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"Three","echo_id":"three"}}"#)
            server.clock.advance(.seconds(180))
            #expect(try await notify(server).last == "lee@example.test")
        }
    }

    @Test func whoeverSwitchedSuchMailOffIsNotTold() async throws {
        try await TestServer.run { server in
            let (sam, kim) = (try await agent("sam", server), try await agent("kim", server))
            let (visitor, conversation) = try await server.customer(words: "One")
            _ = try await AssignConversation(desk: server.desk).run(conversation.displayID, to: sam.id.value, by: kim)
            let settings = NotificationSettings(desk: server.desk)
            _ = try await settings.change(email: [], push: nil, of: sam)
            server.clock.advance(.seconds(180))
            // The assignee wants none: somebody else who does gets it.
            #expect(try await notify(server) == ["kim@example.test"])
            _ = try await settings.change(email: ["email_conversation_mention"], push: nil, of: kim)
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"Two","echo_id":"two"}}"#)
            server.clock.advance(.seconds(180))
            #expect(try await notify(server).count == 1)
        }
    }

    @Test func theAssigneeIsToldInTheDashboardOfACustomersWord() async throws {
        try await TestServer.run { server in
            let (sam, kim) = (try await agent("sam", server), try await agent("kim", server))
            _ = try await NotificationSettings(desk: server.desk).change(email: nil, push: ["push_conversation_creation"], of: kim)
            let (visitor, conversation) = try await server.customer(words: "One")
            let notices = ListNotices(desk: server.desk)
            #expect(try await notices.run(page: 1, by: sam).rows.isEmpty)
            #expect(try await notices.run(page: 1, by: kim).rows.map(\.notice.kind) == [.creation])
            _ = try await AssignConversation(desk: server.desk).run(conversation.displayID, to: sam.id.value, by: sam)
            for text in ["Two", "Three"] {
                _ = try await visitor.call("POST", "messages", #"{"message":{"content":"\#(text)","echo_id":"\#(text)"}}"#)
            }
            let rows = try await notices.run(page: 1, by: sam).rows
            #expect(rows.map(\.notice.kind) == [.newMessage] && rows.first?.message?.content == "Three")
        }
    }
}

/// What was resolved long ago is followed, not opened again, where the inbox says so (behaviour §6).
@Suite struct FollowUpTests {
    @Test(arguments: [(days: 6, follows: false), (days: 8, follows: true)])
    func aWordAfterSoManyDaysBeginsANewLinkedConversation(days: Int, follows: Bool) async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            var changes = UpdateInbox.Changes()
            changes.settings = .object([("follow_up_after_days", .integer(7))])
            _ = try await UpdateInbox(desk: server.desk).run(server.inbox.id.value, changes, by: agent)
            let (visitor, first) = try await server.customer()
            _ = try await SetConversationStatus(desk: server.desk).run(first.displayID, to: .resolved, by: agent)
            server.clock.advance(.seconds(days * 86_400))
            // A thank-you opens neither.
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"Thanks a lot!","echo_id":"t"}}"#)
            #expect(try await server.desk.database.read { try $0.conversation(first.id)?.status } == .resolved)
            server.clock.advance(.seconds(days * 86_400))
            _ = try await visitor.call("POST", "messages", #"{"message":{"content":"One more question","echo_id":"q"}}"#)
            let newest = try await server.conversation(of: visitor)
            #expect((newest.id != first.id) == follows)
            let links = try await server.desk.database.read { try $0.linkedConversations(of: newest.id) }
            #expect(links.map(\.displayID) == (follows ? [first.displayID] : []))
            #expect(newest.status == .open)
        }
    }
}
