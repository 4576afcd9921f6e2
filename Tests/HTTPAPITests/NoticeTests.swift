import Conversations
import Desk
import Store
import Testing

@testable import HTTPAPI

/// Who is told of what, by which way, and that it is theirs alone.
@Suite struct NoticeTests {
    /// An account with a second agent, whose list is looked at.
    private struct Team: Sendable {
        let house: AgentTestHouse
        let acme: Tenant
        let kim: Agent
        let token: String
        var path: String { "/api/v1/accounts/\(acme.account.id)" }
        var conversation: String { "\(path)/conversations/\(acme.conversation.displayID)" }

        func kinds() async throws -> [String] {
            let answer = try await house.call(.get, "\(path)/notifications", token: token).json["data"]?["payload"]
            guard case .array(let rows)? = answer else { return [] }
            return rows.compactMap { if case .string(let kind)? = $0["notification_type"] { kind } else { nil } }
        }

        func unread() async throws -> Int64? { try await house.call(.get, "\(path)/notifications/unread_count", token: token).json.number }

        func assign(to agent: Agent) async throws {
            _ = try await house.call(.post, "\(conversation)/assignments", #"{"assignee_id":\#(agent.id)}"#, token: acme.token)
        }
    }

    private func with(_ body: (Team) async throws -> Void) async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let created = try await CreateAgent(desk: house.desk, passwords: PasswordQueue()).run(
                name: "Kim", email: "kim@acme.test", password: nil, role: .agent, account: acme.account.id)
            try await body(Team(house: house, acme: acme, kim: created.agent, token: created.accessToken))
        }
    }

    @Test func anAssignmentByAColleagueIsToldAndReadOne() async throws {
        try await with { team in
            try await team.assign(to: team.kim)
            #expect(try await team.kinds() == ["conversation_assignment"])
            #expect(try await team.unread() == 1)
            let row = try await team.house.call(.get, "\(team.path)/notifications", token: team.token).json["data"]?["payload"]?[0]
            #expect(row?["primary_actor_id"]?.number == team.acme.conversation.displayID && row?["read_at"]?.isNull == true)
            #expect(
                row?["push_message_title"]?.text == "\"Conversation #\(team.acme.conversation.displayID) with Ann was assigned to you\"")
            let id = try #require(row?["id"]?.number)
            let read = try await team.house.call(.patch, "\(team.path)/notifications/\(id)", "{}", token: team.token)
            #expect(read.status == 200 && read.json["read_at"]?.number == team.house.clock.now.seconds)
            #expect(try await team.unread() == 0)
            _ = try await team.house.call(.post, "\(team.path)/notifications/\(id)/unread", "{}", token: team.token)
            #expect(try await team.unread() == 1)
            // A colleague of the same account cannot mark it.
            #expect(try await team.house.call(.patch, "\(team.path)/notifications/\(id)", "{}", token: team.acme.token).status == 404)
            // Whoever gives it to themselves is not told.
            _ = try await team.house.call(.post, "\(team.conversation)/assignments", #"{"assignee_id":null}"#, token: team.token)
            _ = try await team.house.call(.post, "\(team.conversation)/assignments", #"{"assignee_id":\#(team.kim.id)}"#, token: team.token)
            #expect(try await team.kinds().count == 1)
        }
    }

    @Test func aCallInANoteIsToldOnceHoweverOftenUntilItIsRead() async throws {
        try await with { team in
            for words in ["@Kim look", "@Kim look again"] {
                team.house.clock.advance(by: .seconds(1))
                _ = try await team.house.call(
                    .post, "\(team.conversation)/messages", #"{"content":"\#(words)","private":true}"#, token: team.acme.token)
            }
            let page = try await team.house.call(.get, "\(team.path)/notifications", token: team.token).json["data"]
            #expect(page?["payload"]?.count == 1 && page?["meta"]?["unread_count"]?.number == 1)
            #expect(page?["payload"]?[0]?["push_message_body"]?.text == "\"@Kim look again\"")
            #expect(page?["payload"]?[0]?["push_message_title"]?.text.hasPrefix("\"Sam called you in conversation") == true)
            // Looking at the conversation reads it; another note is told anew.
            _ = try await team.house.call(.post, "\(team.conversation)/update_last_seen", "{}", token: team.token)
            #expect(try await team.unread() == 0)
            _ = try await team.house.call(
                .post, "\(team.conversation)/messages", #"{"content":"@Kim!","private":true}"#, token: team.acme.token)
            #expect(try await team.kinds() == ["conversation_mention", "conversation_mention"])
            #expect(try await team.unread() == 1)
        }
    }

    @Test func flagsChooseWhatIsTold() async throws {
        try await with { team in
            let settings = "\(team.path)/notification_settings"
            let usual = try await team.house.call(.get, settings, token: team.token).json
            #expect(usual["selected_email_flags"]?.text == #"["email_assigned_conversation_new_message","email_conversation_mention"]"#)
            #expect(usual["selected_push_flags"]?.text.contains("push_conversation_creation") == false)
            let none = #"{"notification_settings":{"selected_push_flags":[]}}"#
            let changed = try await team.house.call(.patch, settings, none, token: team.token).json
            #expect(changed["selected_push_flags"]?.count == 0 && changed["selected_email_flags"]?.count == 2)
            try await team.assign(to: team.kim)
            #expect(try await team.kinds() == [])
            let wrong = #"{"notification_settings":{"selected_email_flags":["email_everything"]}}"#
            #expect(try await team.house.call(.patch, settings, wrong, token: team.token).status == 422)
            // They are the agent's own: the colleague's stay as they were.
            #expect(try await team.house.call(.get, settings, token: team.acme.token).json["selected_push_flags"]?.count == 3)
        }
    }

    @Test func allOrOneConversationsAreReadAndOldOnesForgotten() async throws {
        try await with { team in
            let other = try await team.house.waiting(team.acme)
            for number in [team.acme.conversation.displayID, other] {
                _ = try await team.house.call(
                    .post, "\(team.path)/conversations/\(number)/assignments", #"{"assignee_id":\#(team.kim.id)}"#, token: team.acme.token)
            }
            #expect(try await team.unread() == 2)
            let all = "\(team.path)/notifications/read_all"
            let one = #"{"primary_actor_type":"Conversation","primary_actor_id":\#(other)}"#
            #expect(try await team.house.call(.post, all, one, token: team.token).status == 200)
            #expect(try await team.unread() == 1)
            _ = try await team.house.call(.post, all, "{}", token: team.token)
            #expect(try await team.unread() == 0)
            team.house.clock.advance(by: .seconds(91 * 86_400))
            _ = try await team.house.call(
                .post, "\(team.conversation)/messages", #"{"content":"@Kim","private":true}"#, token: team.acme.token)
            #expect(try await team.kinds() == ["conversation_mention"])
        }
    }

    @Test func onlyTheNewestAreKept() async throws {
        try await with { team in
            try await team.assign(to: team.kim)
            let (house, kim, conversation) = (team.house, team.kim, team.acme.conversation.id)
            try await house.desk.database.write { tx in
                for _ in 0..<1000 {
                    house.clock.advance(by: .milliseconds(1))
                    try tx.readNotices(of: kim.id, in: nil, at: house.clock.now)
                    _ = try tx.addNotice(.mention, to: kim, in: conversation, message: nil, at: house.clock.now)
                }
            }
            let counts = { try await house.desk.database.read { try $0.noticeCounts(of: kim.id) } }
            #expect(try await counts().all == 1001)
            house.clock.advance(by: .milliseconds(1))
            _ = try await house.call(
                .post, "\(team.conversation)/assignments", #"{"assignee_id":\#(team.acme.agent.id)}"#, token: team.acme.token)
            try await team.assign(to: kim)
            #expect(try await counts().all == 1000)
            #expect(try await team.kinds().first == "conversation_assignment")
        }
    }

    @Test func noticesGoWithTheirConversation() async throws {
        try await with { team in
            let other = try await team.house.waiting(team.acme)
            try await team.assign(to: team.kim)
            let merge = #"{"base_conversation_id":\#(other),"mergee_conversation_id":\#(team.acme.conversation.displayID)}"#
            #expect(
                try await team.house.call(.post, "\(team.path)/actions/conversation_merge", merge, token: team.acme.token).status == 200)
            let rows = try await team.house.call(.get, "\(team.path)/notifications", token: team.token).json["data"]?["payload"]
            #expect(rows?[0]?["primary_actor_id"]?.number == other)
            #expect(try await team.house.call(.delete, "\(team.path)/conversations/\(other)", token: team.acme.token).status == 200)
            #expect(try await team.kinds() == [])
        }
    }

    @Test func theStreamTellsWhoseItIs() async throws {
        try await with { team in
            try await team.assign(to: team.kim)
            let events = try await team.house.desk.database.read { try $0.events(after: 0, limit: 500) }
            let event = try #require(events.last { $0.name == "notification.created" })
            #expect(event.visitorPayload == nil && event.payload.contains("\"user_id\":\(team.kim.id)"))
            #expect(event.payload.contains("\"unread_count\":1"))
        }
    }
}
