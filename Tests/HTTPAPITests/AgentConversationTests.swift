import Conversations
import HTTPTypes
import Store
import Testing

@testable import Desk
@testable import HTTPAPI

@Suite struct AgentConversationTests {
    @Test func `the list has Chatwoot's shape, its counts and its filters`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine", more: 29)
            func list(_ query: String) async throws -> JSON {
                try #require(try await house.call(.get, "\(mine.path)/conversations?\(query)", token: mine.token).json["data"])
            }
            let first = try await list("")
            #expect(first["payload"]?.count == 25)
            #expect(first["meta"]?["all_count"]?.number == 30)
            #expect(try await list("page=2")["payload"]?.count == 5)
            let row = try #require(first["payload"]?[0])
            #expect(row["meta"]?["sender"]?["name"]?.stringValue == "Ann")
            #expect(row["meta"]?["channel"]?.stringValue == "Channel::WebWidget")
            #expect(row["held_count"]?.number == 0 && row["undelivered_count"]?.number == 0)

            try await house.change(mine, 3, "toggle_status", #"{"status":"resolved"}"#)
            try await house.change(mine, 4, "assignments", #"{"assignee_id":\#(mine.agent.id)}"#)
            try await house.change(mine, 5, "labels", #"{"labels":["VIP","refund"]}"#)
            #expect(try await list("status=resolved")["payload"]?[0]?["id"]?.number == 3)
            #expect(try await list("status=all")["meta"]?["all_count"]?.number == 30)
            #expect(try await list("assignee_type=me")["payload"]?.count == 1)
            #expect(try await list("assignee_type=unassigned")["meta"]?["unassigned_count"]?.number == 28)
            #expect(try await list("labels[]=vip")["payload"]?[0]?["id"]?.number == 5)
            #expect(try await list("q=ann&status=all&page=2")["payload"]?.count == 5)
            #expect(try await list("inbox_id=\(mine.inbox.id)")["payload"]?.count == 25)
            #expect(try await list("inbox_id=999")["payload"]?.count == 0)
            for bad in ["status=asleep", "assignee_type=nobody"] {
                #expect(try await house.call(.get, "\(mine.path)/conversations?\(bad)", token: mine.token).status == 422)
            }
            let meta = try await house.call(.get, "\(mine.path)/conversations/meta", token: mine.token).json["meta"]
            #expect(meta?["mine_count"]?.number == 1 && meta?["assigned_count"]?.number == 1)
        }
    }

    @Test(arguments: [("ann%20marie", true), ("ann+marie", true), ("marie%2Blist@", true), ("marie+list@", true), ("ann%2Bmarie", false)])
    func `a plus in a search is a plus and a space`(_ written: String, finds: Bool) async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            _ = try await house.call(
                .put, "\(mine.path)/contacts/\(mine.contact.id)", #"{"name":"Ann Marie","email":"marie+list@x.test"}"#, token: mine.token)
            let contacts = try await house.call(.get, "\(mine.path)/contacts/search?q=\(written)", token: mine.token)
            #expect(contacts.json["payload"]?.count == (finds ? 1 : 0))
            #expect(contacts.json["meta"]?["count"]?.number == (finds ? 1 : 0))
            guard finds else { return }
            // Words are found wherever they stand together: there `%2B` parts them as a space does.
            for list in ["conversations/search?", "conversations?status=all&"] {
                let answer = try await house.call(.get, "\(mine.path)/\(list)q=\(written)", token: mine.token).json
                #expect((answer["payload"] ?? answer["data"]?["payload"])?.count == 1)
            }
        }
    }

    @Test func `one conversation says how it can go on`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let answer = try await house.call(.get, "\(mine.path)/conversations/1", token: mine.token).json
            let continuity = try #require(answer["continuity"])
            #expect(continuity["can_email"]?.isTrue == true)
            #expect(continuity["address"]?.stringValue == "ann@customer-of-mine.test")
            #expect(continuity["address_state"]?.stringValue == "claimed")
            #expect(continuity["presence"]?.stringValue == "gone")
        }
    }

    @Test func `status changes are said in the thread, once`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let snoozed = try await house.change(
                mine, 1, "toggle_status", #"{"status":"snoozed","snoozed_until":\#(house.clock.now.seconds + 60)}"#)
            #expect(snoozed["payload"]?["current_status"]?.stringValue == "snoozed")
            try await house.change(mine, 1, "toggle_status", #"{"status":"resolved"}"#)
            try await house.change(mine, 1, "toggle_status", #"{"status":"resolved"}"#)
            let lines = try await house.desk.database.read {
                try $0.messages(in: mine.conversation.id, limit: 20).filter { $0.kind == .activity }
            }
            #expect(lines.map(\.content) == ["Conversation was snoozed by Sam", "Conversation was marked resolved by Sam"])
            // Beside the sentence stands what another language says it by.
            #expect(lines.last?.contentAttributes == #"{"activity":{"code":"status_resolved","values":{"by":"Sam"}}}"#)
            let past = try await house.call(
                .post, "\(mine.path)/conversations/1/toggle_status", #"{"status":"snoozed","snoozed_until":1}"#, token: mine.token)
            #expect(past.status == 422)
            #expect(try await house.change(mine, 1, "toggle_status", "{}")["payload"]?["current_status"]?.stringValue == "open")
        }
    }

    @Test func `priority, attributes and muting are kept`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            try await house.change(mine, 1, "toggle_priority", #"{"priority":"urgent"}"#)
            try await house.change(mine, 1, "custom_attributes", #"{"custom_attributes":{"a":1,"b":"x"}}"#)
            let merged = try await house.change(mine, 1, "custom_attributes", #"{"custom_attributes":{"b":"y"},"merge":true}"#)
            #expect(merged["custom_attributes"]?["a"]?.number == 1 && merged["custom_attributes"]?["b"]?.stringValue == "y")
            let dropped = try await house.change(mine, 1, "destroy_custom_attributes", #"{"custom_attributes":["a"]}"#)
            #expect(dropped["custom_attributes"]?["a"] == nil)
            try await house.change(mine, 1, "mute", "{}")
            let shown = try await house.call(.get, "\(mine.path)/conversations/1", token: mine.token).json
            #expect(shown["priority"]?.stringValue == "urgent" && shown["muted"]?.isTrue == true)
            #expect(shown["continuity"]?["reason"]?.stringValue == "muted")
            try await house.change(mine, 1, "toggle_priority", #"{"priority":"none"}"#)
            #expect(try await house.call(.get, "\(mine.path)/conversations/1", token: mine.token).json["priority"]?.isNull == true)
        }
    }

    @Test func `seen and unread move the count`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            for _ in 0..<2 {
                _ = try await house.call(.post, mine.messagesPath, #"{"content":"hi","message_type":"incoming"}"#, token: mine.token)
                house.clock.advance(by: .seconds(1))
            }
            #expect(try await house.call(.get, "\(mine.path)/conversations/1", token: mine.token).json["unread_count"]?.number == 2)
            #expect(try await house.change(mine, 1, "update_last_seen", "{}")["unread_count"]?.number == 0)
            #expect(try await house.change(mine, 1, "unread", "{}")["unread_count"]?.number == 1)
        }
    }

    @Test func `typing in the reply field holds a waiting mail back; in a note it does not, and the visitor learns nothing of it`()
        async throws
    {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            func due() async throws -> Instant? {
                try await house.desk.database.read { try $0.due(.continuity, mine.conversation.id.value) }
            }
            let first = try #require(try await due())
            house.clock.advance(by: .seconds(20))
            try await house.change(mine, 1, "toggle_typing_status", #"{"typing_status":"on","is_private":true}"#)
            #expect(try await due() == first)
            try await house.change(mine, 1, "toggle_typing_status", #"{"typing_status":"on"}"#)
            #expect(try await due() == first + .seconds(20))
            let typing = try await house.desk.database.read { tx in
                try tx.events(for: .visitor(mine.contact.id, mine.inbox.id), after: 0, through: .max, limit: 100)
                    .filter { $0.name == "conversation.typing_on" }
            }
            #expect(typing.count == 1)
            #expect(typing.first?.visitorPayload?.contains("sam@") == false, "A visitor does not learn an agent's address.")
        }
    }

    @Test func `an agent begins a conversation, and in an email inbox it goes by mail`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let inbox = try await house.call(
                .post, "\(mine.path)/inboxes",
                #"{"name":"Mail","channel":{"type":"email","email":"Help@mine.test","reply_domain":"re.mine.test"}}"#,
                token: mine.token)
            let id = try #require(inbox.json["id"]?.number)
            let answer = try await house.call(
                .post, "\(mine.path)/conversations",
                #"{"inbox_id":\#(id),"contact_id":"\#(mine.contact.id)","message":{"content":"About your order. More."}}"#,
                token: mine.token)
            #expect(answer.status == 200)
            #expect(answer.json["continuity"]?["mode"]?.stringValue == "email")
            #expect(answer.json["messages"]?[0]?["channel"]?.stringValue == "email")
            #expect(answer.json["subject"]?.stringValue?.hasPrefix("About your order") == true)
        }
    }

    @Test func `a new address of the contact releases what waits`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let gone = try await house.call(.put, "\(mine.path)/contacts/\(mine.contact.id)", #"{"email":null}"#, token: mine.token)
            #expect(gone.json["payload"]?["email"]?.isNull == true)
            let reason = try await house.messages(mine)[0]?["delivery"]?["reason"]?.stringValue
            #expect(reason == "no_address")
            _ = try await house.call(.put, "\(mine.path)/contacts/\(mine.contact.id)", #"{"email":"New@x.test"}"#, token: mine.token)
            let delivery = try await house.messages(mine)[0]?["delivery"]
            #expect(delivery?["state"]?.stringValue == "waiting" && delivery?["to"]?.stringValue == "new@x.test")
        }
    }

    @Test func `setup refuses a reply domain that serves something else`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let inbox = "\(mine.path)/inboxes/\(mine.inbox.id)"
            for bad in ["mine.test", "MINE.test", "nonsense", "a b.test"] {
                let answer = try await house.call(.patch, inbox, #"{"channel":{"reply_domain":"\#(bad)"}}"#, token: mine.token)
                #expect(answer.status == 422, "\(bad)")
            }
            #expect(try await house.call(.patch, inbox, #"{"channel":{"reply_domain":"r2.mine.test"}}"#, token: mine.token).status == 200)
            // And the other way round: nobody gets an address on it.
            let agent = try await house.call(
                .post, "\(mine.path)/agents", #"{"name":"Bo","email":"bo@r2.mine.test","password":"long enough"}"#, token: mine.token)
            #expect(agent.status == 422)
        }
    }

    @Test func `an inbox's settings come back as they were set, and nonsense is refused`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let inbox = "\(mine.path)/inboxes/\(mine.inbox.id)"
            let set = try await house.call(
                .patch, inbox,
                ##"{"name":"Shop","greeting_enabled":true,"greeting_message":"Hi","unknown":1,"channel":{"widget_color":"#123456","welcome_title":"Hello"}}"##,
                token: mine.token)
            #expect(set.status == 200)
            let shown = try await house.call(.get, inbox, token: mine.token).json
            #expect(shown["name"]?.stringValue == "Shop" && shown["greeting_enabled"]?.isTrue == true)
            #expect(shown["widget_color"]?.stringValue == "#123456" && shown["welcome_title"]?.stringValue == "Hello")
            #expect(shown["working_hours"]?.count == 7 && shown["unknown"] == nil)
            for bad in [
                #"{"greeting_enabled":"perhaps"}"#, ##"{"channel":{"widget_color":"red;}"}}"##, #"{"name":""}"#, #"{"reply_time":"never"}"#,
            ] {
                #expect(try await house.call(.patch, inbox, bad, token: mine.token).status == 422, "\(bad)")
            }
        }
    }
}

extension AgentTestHouse {
    @discardableResult
    func change(_ tenant: Tenant, _ conversation: Int64, _ what: String, _ body: String) async throws -> JSON {
        let answer = try await call(.post, "\(tenant.path)/conversations/\(conversation)/\(what)", body, token: tenant.token)
        #expect(answer.status == 200, "\(what): \(answer.text)")
        return answer.json
    }
}

@Suite struct AttributeTests {
    @Test(arguments: [#"\\u0000"#, #"\u0000"#, #"\"}"#, "\\u2028", #"\ud83d\ude00"#])
    func `attributes are kept as valid JSON whatever is in them`(_ escaped: String) async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let path = "\(mine.path)/contacts/\(mine.contact.id)"
            let set = try await house.call(.put, path, #"{"custom_attributes":{"a":"x\#(escaped)y","k\#(escaped)":1}}"#, token: mine.token)
            #expect(set.status == 200)
            let shown = try await house.call(.get, path, token: mine.token).json["payload"]?["custom_attributes"]?["a"]?.stringValue
            #expect(shown?.hasPrefix("x") == true && shown?.hasSuffix("y") == true && shown?.contains("\0") == false)
        }
    }
}
