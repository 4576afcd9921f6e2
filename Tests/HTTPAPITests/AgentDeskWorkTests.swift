import Desk
import Testing

@testable import HTTPAPI

/// Ready-made answers and changes of many conversations at once.
@Suite struct AgentDeskWorkTests {
    @Test func `a canned response is written, found, changed and deleted`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let path = "/api/v1/accounts/\(shop.account.id)/canned_responses"
            let made = try await house.call(
                .post, path, #"{"short_code":"Refund","content":"Dear {{contact.name}}"}"#, token: shop.token)
            #expect(made.status == 200)
            #expect(made.json["short_code"]?.stringValue == "refund")
            let id = try #require(made.json["id"]?.number)
            let taken = try await house.call(.post, path, #"{"short_code":"refund","content":"x"}"#, token: shop.token)
            #expect(taken.status == 422 && taken.text.contains("already"))
            let moved = try await house.call(.patch, "\(path)/\(id)", #"{"short_code":"hours"}"#, token: shop.token)
            #expect(moved.status == 422)
            #expect(try await house.call(.get, "\(path)?search=DEAR", token: shop.token).json.count == 1)
            #expect(try await house.call(.get, path, token: shop.token).json.count == 2)
            #expect(
                try await house.call(.patch, "\(path)/\(id)", #"{"content":"Hello"}"#, token: shop.token).json["content"]?.stringValue
                    == "Hello"
            )
            #expect(try await house.call(.delete, "\(path)/\(id)", token: shop.token).status == 200)
            #expect(try await house.call(.get, path, token: shop.token).json.count == 1)
        }
    }

    @Test(arguments: [#"{"short_code":"","content":"x"}"#, #"{"short_code":"a b","content":"x"}"#, #"{"short_code":"a","content":" "}"#])
    func `nonsense is no canned response`(_ body: String) async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            #expect(
                try await house.call(.post, "/api/v1/accounts/\(shop.account.id)/canned_responses", body, token: shop.token).status == 422)
        }
    }

    @Test func `many conversations are changed at once, and what cannot be changed is named`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop", more: 2)
            let path = "/api/v1/accounts/\(shop.account.id)"
            let answer = try await house.call(
                .post, "\(path)/bulk_actions",
                #"{"type":"Conversation","ids":[1,2,99],"fields":{"status":"resolved","assignee_id":\#(shop.agent.id.value)},"labels":{"add":["vip"]}}"#,
                token: shop.token)
            #expect(answer.status == 200)
            #expect(answer.json["refused"]?.count == 1)
            #expect(answer.json["refused"]?[0]?["id"]?.number == 99)
            for number in 1...2 {
                let changed = try await house.call(.get, "\(path)/conversations/\(number)", token: shop.token).json
                #expect(changed["status"]?.stringValue == "resolved")
                #expect(changed["labels"]?[0]?.stringValue == "vip")
                #expect(changed["meta"]?["assignee"]?["id"]?.number == shop.agent.id.value)
            }
            #expect(try await house.call(.get, "\(path)/conversations/3", token: shop.token).json["status"]?.stringValue == "open")
            let nothing = try await house.call(.post, "\(path)/bulk_actions", #"{"ids":[1]}"#, token: shop.token)
            #expect(nothing.status == 422)
        }
    }
}
