import Conversations
import Desk
import Store
import Testing

@testable import HTTPAPI

/// Colleagues at one desk: who looks at what, drafts, teams, saved views, notes about contacts.
@Suite struct AgentTogetherTests {
    /// A colleague in the same account, with a token.
    private func colleague(_ house: AgentTestHouse, of shop: Tenant, role: Agent.Role = .agent) async throws -> (
        agent: Agent, token: String
    ) {
        let made = try await CreateAgent(desk: house.desk, passwords: PasswordQueue()).run(
            name: "Mila", email: "mila@shop.test", password: "correct horse", role: role, account: shop.account.id)
        return (made.agent, made.accessToken)
    }

    private func events(_ house: AgentTestHouse, named name: EventName) async throws -> [StoredEvent] {
        try await house.desk.database.read { try $0.events(after: 0, limit: 500) }.filter { $0.name == name.rawValue }
    }

    @Test func `colleagues are told who looks at a conversation, for as long as they do`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let mila = try await colleague(house, of: shop)
            let viewing = "\(shop.path)/conversations/1/viewing"
            let before = try await events(house, named: .conversationViewing).count
            for _ in 0..<3 {
                #expect(try await house.call(.post, viewing, #"{"viewing":true}"#, token: mila.token).status == 200)
            }
            let told = try await events(house, named: .conversationViewing)
            // Said again at once, it changes nothing.
            #expect(told.count == before + 1)
            #expect(told.allSatisfy { $0.visitorPayload == nil })
            func names() async throws -> [String?] {
                let list = try await house.call(.get, "\(shop.path)/conversations/viewers", token: shop.token).json["payload"]
                return (0..<(list?.count ?? 0)).map { list?[$0]?["user"]?["name"]?.stringValue }.sorted { $0 ?? "" < $1 ?? "" }
            }
            #expect(try await names() == ["Mila", "Sam"])
            #expect(try await house.call(.post, viewing, #"{"viewing":false}"#, token: mila.token).status == 200)
            #expect(try await events(house, named: .conversationViewing).last?.payload.contains(#""until":null"#) == true)
            #expect(try await names() == ["Sam"])
            // Sam's page was closed without a word.
            house.clock.advance(by: .seconds(120))
            #expect(try await names() == [])
            #expect(try await house.call(.post, viewing, "{}", token: mila.token).status == 422)
        }
    }

    @Test func `a draft is its agent's alone, and its text is in no event`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let mila = try await colleague(house, of: shop)
            let path = "\(shop.path)/conversations/1/draft"
            let kept = try await house.call(.put, path, #"{"reply":"Dear Ann","note":"ask Bo"}"#, token: mila.token)
            #expect(kept.status == 200)
            let mine = try await house.call(.get, path, token: mila.token).json
            #expect(mine["reply"]?.stringValue == "Dear Ann" && mine["note"]?.stringValue == "ask Bo")
            #expect(try await house.call(.get, path, token: shop.token).json["reply"]?.stringValue == "Draft of shop")
            // One part alone leaves the other.
            _ = try await house.call(.put, path, #"{"reply":""}"#, token: mila.token)
            let list = try await house.call(.get, "\(shop.path)/drafts", token: mila.token).json["payload"]
            #expect(list?.count == 1 && list?[0]?["note"]?.stringValue == "ask Bo" && list?[0]?["conversation_id"]?.number == 1)
            _ = try await house.call(.put, path, #"{"note":"  "}"#, token: mila.token)
            #expect(try await house.call(.get, "\(shop.path)/drafts", token: mila.token).json["payload"]?.count == 0)
            let told = try await events(house, named: .draftChanged).filter { $0.payload.contains(#""user_id":\#(mila.agent.id)"#) }
            // When it came and when it went, not at each word.
            #expect(told.count == 2)
            let all = try await house.desk.database.read { try $0.events(after: 0, limit: 500) }
            #expect(all.allSatisfy { !$0.payload.contains("Dear Ann") && !$0.payload.contains("ask Bo") })
        }
    }

    @Test func `what was sent is no draft any more, whoever sent it and from where`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let path = "\(shop.path)/conversations/1"
            func draft() async throws -> [String?] {
                let draft = try await house.call(.get, "\(path)/draft", token: shop.token).json
                return [draft["reply"]?.stringValue, draft["note"]?.stringValue]
            }
            _ = try await house.call(.put, "\(path)/draft", #"{"reply":"On Friday ","note":"On Friday"}"#, token: shop.token)
            let before = try await events(house, named: .draftChanged).count
            _ = try await house.call(.post, "\(path)/messages", #"{"content":"On Monday"}"#, token: shop.token)
            #expect(try await draft() == ["On Friday ", "On Friday"])
            _ = try await house.call(.post, "\(path)/messages", #"{"content":"On Friday"}"#, token: shop.token)
            #expect(try await draft() == ["", "On Friday"])
            _ = try await house.call(.post, "\(path)/messages", #"{"content":"On Friday","private":true}"#, token: shop.token)
            #expect(try await draft() == ["", ""])
            #expect(try await events(house, named: .draftChanged).count == before + 2)
        }
    }

    @Test func `a time that no calendar reaches is refused wherever one is taken`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            for seconds in ["9223372036854775807", "-9223372036854775808", "-1", "\"9223372036854775807\""] {
                let until = #""status":"snoozed","snoozed_until":\#(seconds)"#
                let bodies = [
                    ("conversations/1/toggle_status", "{\(until)}"),
                    ("bulk_actions", #"{"ids":[1],"fields":{"status":"snoozed"},"snoozed_until":\#(seconds)}"#),
                    ("bulk_actions", #"{"ids":[1],"fields":{\#(until)}}"#),
                    ("conversations", #"{"contact_id":\#(shop.contact.id),"inbox_id":\#(shop.inbox.id),\#(until)}"#),
                ]
                for (path, body) in bodies {
                    let answer = try await house.call(.post, "\(shop.path)/\(path)", body, token: shop.token)
                    #expect(answer.status == 422 && answer.text.contains("snoozed_until"), "\(path) \(body)")
                }
            }
        }
    }

    @Test func `drafts follow a merged conversation and go with a deleted one`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop", more: 1)
            let path = "\(shop.path)/conversations"
            _ = try await house.call(.put, "\(path)/1/draft", #"{"reply":"First"}"#, token: shop.token)
            _ = try await house.call(.put, "\(path)/2/draft", #"{"reply":"Second","note":"n"}"#, token: shop.token)
            let merge = #"{"base_conversation_id":1,"mergee_conversation_id":2}"#
            #expect(try await house.call(.post, "\(shop.path)/actions/conversation_merge", merge, token: shop.token).status == 200)
            let draft = try await house.call(.get, "\(path)/1/draft", token: shop.token).json
            #expect(draft["reply"]?.stringValue == "First\n\nSecond" && draft["note"]?.stringValue == "n")
            #expect(try await house.call(.delete, "\(path)/1", token: shop.token).status == 200)
            #expect(try await house.call(.get, "\(shop.path)/drafts", token: shop.token).json["payload"]?.count == 0)
        }
    }

    @Test func `a team is made, filled, given a conversation and deleted`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop", more: 1)
            let mila = try await colleague(house, of: shop)
            let made = try await house.call(
                .post, "\(shop.path)/teams", #"{"name":" Returns ","description":"parcels"}"#, token: shop.token)
            #expect(made.status == 200 && made.json["name"]?.stringValue == "Returns")
            let team = try #require(made.json["id"]?.number)
            let taken = try await house.call(.post, "\(shop.path)/teams", #"{"name":"Returns"}"#, token: shop.token)
            #expect(taken.status == 422 && taken.text.contains("already"))
            let members = "\(shop.path)/teams/\(team)/team_members"
            let both = #"{"user_ids":[\#(mila.agent.id),\#(shop.agent.id)]}"#
            #expect(try await house.call(.post, members, both, token: shop.token).json.count == 2)
            #expect(
                try await house.call(.get, "\(shop.path)/teams/\(team)", token: mila.token).json["is_member"]?.isTrue == true)
            let one = #"{"user_ids":[\#(shop.agent.id)]}"#
            #expect(try await house.call(.patch, members, one, token: shop.token).json.count == 1)
            #expect(try await house.call(.delete, members, one, token: shop.token).json.count == 0)
            let given = try await house.call(
                .post, "\(shop.path)/conversations/1/assignments", #"{"team_id":\#(team)}"#, token: mila.token)
            #expect(given.status == 200 && given.json["name"]?.stringValue == "Returns")
            let rows = try await house.call(.get, "\(shop.path)/conversations?team_id=\(team)", token: shop.token).json["data"]
            #expect(rows?["payload"]?.count == 1 && rows?["meta"]?["all_count"]?.number == 1)
            #expect(rows?["payload"]?[0]?["meta"]?["team"]?["name"]?.stringValue == "Returns")
            #expect(try await events(house, named: .teamChanged).count == 1)
            let said = try await house.call(.get, "\(shop.path)/conversations/1/messages", token: shop.token).text
            #expect(said.contains("Assigned to Returns by Mila"))
            #expect(try await house.call(.delete, "\(shop.path)/teams/\(team)", token: shop.token).status == 200)
            let after = try await house.call(.get, "\(shop.path)/conversations/1", token: shop.token).json
            #expect(after["meta"]?["team"]?.isNull == true)
        }
    }

    @Test func `only administrators make and change teams`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let mila = try await colleague(house, of: shop)
            let path = "\(shop.path)/teams"
            #expect(try await house.call(.get, path, token: mila.token).json.count == 1)
            #expect(try await house.call(.post, path, #"{"name":"Mine"}"#, token: mila.token).status == 403)
            #expect(try await house.call(.patch, "\(path)/\(shop.team)", #"{"name":"Mine"}"#, token: mila.token).status == 403)
            #expect(try await house.call(.delete, "\(path)/\(shop.team)", token: mila.token).status == 403)
            let members = "\(path)/\(shop.team)/team_members"
            #expect(
                try await house.call(.post, members, #"{"user_ids":[\#(mila.agent.id)]}"#, token: mila.token).status == 403)
        }
    }

    @Test func `a saved view is its agent's alone`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let mila = try await colleague(house, of: shop)
            let path = "\(shop.path)/custom_filters"
            let body =
                #"{"custom_filter":{"name":"Angry","type":"conversation","query":{"payload":[{"attribute_key":"labels","values":["angry"]}]}}}"#
            let made = try await house.call(.post, path, body, token: mila.token)
            #expect(made.status == 200 && made.json["query"]?["payload"]?[0]?["attribute_key"]?.stringValue == "labels")
            let id = try #require(made.json["id"]?.number)
            #expect(
                try await house.call(.patch, "\(path)/\(id)", #"{"name":"Cross"}"#, token: mila.token).json["name"]?.stringValue == "Cross")
            #expect(try await house.call(.get, "\(path)?filter_type=conversation", token: mila.token).json.count == 1)
            #expect(try await house.call(.get, "\(path)?filter_type=contact", token: mila.token).json.count == 0)
            // An administrator sees as little of it as anybody else.
            #expect(try await house.call(.get, "\(path)/\(id)", token: shop.token).status == 404)
            #expect(try await house.call(.delete, "\(path)/\(id)", token: shop.token).status == 404)
            #expect(try await house.call(.delete, "\(path)/\(id)", token: mila.token).status == 200)
            #expect(try await house.call(.post, path, #"{"name":" "}"#, token: mila.token).status == 422)
        }
    }

    @Test func `the list shows what mentions me, what nobody has answered, and what is held`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop", more: 2)
            let mila = try await colleague(house, of: shop)
            _ = try await house.call(
                .post, "\(shop.path)/conversations/1/messages", #"{"content":"@Mila please look","private":true}"#, token: shop.token)
            func numbers(_ kind: String) async throws -> [Int64] {
                let answer = try await house.call(.get, "\(shop.path)/conversations?conversation_type=\(kind)", token: mila.token).json
                let rows = answer["data"]?["payload"]
                #expect(answer["data"]?["meta"]?["all_count"]?.number == Int64(rows?.count ?? -1))
                return (0..<(rows?.count ?? 0)).compactMap { rows?[$0]?["id"]?.number }.sorted()
            }
            #expect(try await numbers("mention") == [1])
            // The third has been answered: that is how a tenant is made.
            #expect(try await numbers("unattended") == [1, 2])
            #expect(try await numbers("held") == [])
            try await house.desk.database.write { tx in
                var message = shop.message
                message.isHeld = true
                try tx.updateMessage(message)
            }
            #expect(try await numbers("held") == [3])
            let nonsense = try await house.call(.get, "\(shop.path)/conversations?conversation_type=x", token: mila.token)
            #expect(nonsense.status == 422)
        }
    }

    @Test func `a team, reading and a snooze are bulk actions too`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop", more: 2)
            let until = house.clock.now.seconds + 3600
            let body = #"""
                {"type":"Conversation","ids":[1,2],"fields":{"status":"snoozed","team_id":\#(shop.team),"read":true},"snoozed_until":\#(until)}
                """#
            #expect(try await house.call(.post, "\(shop.path)/bulk_actions", body, token: shop.token).json["refused"]?.count == 0)
            for number in 1...2 {
                let changed = try await house.call(.get, "\(shop.path)/conversations/\(number)", token: shop.token).json
                #expect(changed["status"]?.stringValue == "snoozed" && changed["snoozed_until"]?.number == until)
                #expect(changed["meta"]?["team"]?["id"]?.number == shop.team)
                #expect(changed["agent_last_seen_at"]?.number == house.clock.now.seconds)
            }
            let bad = try await house.call(.post, "\(shop.path)/bulk_actions", #"{"ids":[3],"fields":{"team_id":777}}"#, token: shop.token)
            #expect(bad.json["refused"]?.count == 1)
        }
    }

    @Test func `notes about a contact are written, changed, follow a merge and go`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let path = "\(shop.path)/contacts/\(shop.contact.id)/notes"
            let made = try await house.call(.post, path, #"{"content":" Likes blue "}"#, token: shop.token)
            #expect(made.json["content"]?.stringValue == "Likes blue" && made.json["user"]?["name"]?.stringValue == "Sam")
            let id = try #require(made.json["id"]?.number)
            #expect(try await house.call(.patch, "\(path)/\(id)", #"{"content":"Likes red"}"#, token: shop.token).status == 200)
            let other = try await house.call(.post, "\(shop.path)/contacts", #"{"name":"Ann again"}"#, token: shop.token)
            let base = try #require(other.json["id"]?.number)
            let merge = #"{"base_contact_id":\#(base),"mergee_contact_id":\#(shop.contact.id)}"#
            #expect(try await house.call(.post, "\(shop.path)/actions/contact_merge", merge, token: shop.token).status == 200)
            let moved = try await house.call(.get, "\(shop.path)/contacts/\(base)/notes", token: shop.token).json
            #expect(moved.count == 2 && moved[0]?["content"]?.stringValue == "Likes red")
            #expect(try await house.call(.delete, "\(shop.path)/contacts/\(base)/notes/\(id)", token: shop.token).status == 200)
            #expect(try await house.call(.get, "\(shop.path)/contacts/\(base)/notes", token: shop.token).json.count == 1)
            #expect(try await house.call(.post, path, #"{"content":"  "}"#, token: shop.token).status == 422)
        }
    }

    @Test func `a conversation is exported whole, as a download`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            for number in 1...250 {
                var draft = OutgoingDraft()
                (draft.content, draft.isPrivate) = ("Note \(number)", true)
                _ = try await SendAgentMessage(desk: house.desk).run(draft, in: 1, by: shop.agent)
            }
            let answer = try await house.call(.get, "\(shop.path)/conversations/1/export", token: shop.token)
            #expect(answer.headers[.contentDisposition] == #"attachment; filename="conversation-1.json""#)
            #expect(answer.json["messages"]?.count == 251 && answer.json["complete"]?.isTrue == true)
            #expect(answer.json["messages"]?[250]?["content"]?.stringValue == "Note 250")
            #expect(answer.json["conversation"]?["id"]?.number == 1)
        }
    }
}
