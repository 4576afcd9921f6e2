import Conversations
import Desk
import Store
import Testing

@testable import HTTPAPI

/// Who works here: administrators add, change and remove people.
@Suite struct AgentPeopleTests {
    private func add(_ name: String, as role: Agent.Role = .agent, _ house: AgentTestHouse, _ shop: Tenant) async throws -> (
        agent: Agent, token: String, path: String
    ) {
        let made = try await CreateAgent(desk: house.desk, passwords: PasswordQueue()).run(
            name: name, email: "\(name.lowercased())@shop.test", password: "correct horse", role: role, account: shop.account.id)
        return (made.agent, made.accessToken, "\(shop.path)/agents/\(made.agent.id)")
    }

    private func events(_ house: AgentTestHouse, named name: EventName) async throws -> [StoredEvent] {
        try await house.desk.database.read { try $0.events(after: 0, limit: 500) }.filter { $0.name == name.rawValue }
    }

    @Test func `an administrator changes what a colleague is called and may do, and everybody's pages are told`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let mila = try await add("Mila", house, shop)
            let before = try await events(house, named: .agentUpdated).count
            let changed = try await house.call(
                .patch, mila.path, #"{"name":"Mila B","role":"administrator","availability":"busy"}"#, token: shop.token)
            #expect(changed.status == 200 && changed.json["role"]?.stringValue == "administrator")
            #expect(changed.json["name"]?.stringValue == "Mila B" && changed.json["availability_status"]?.stringValue == "busy")
            #expect(try await events(house, named: .agentUpdated).count == before + 1)
            // From now on she may.
            #expect(try await house.call(.patch, mila.path, #"{"agent":{"role":"agent"}}"#, token: mila.token).status == 200)
            #expect(try await house.call(.patch, mila.path, #"{"role":"administrator"}"#, token: mila.token).status == 403)
            for bad in [#"{"role":"king"}"#, #"{"name":" "}"#] {
                #expect(try await house.call(.patch, mila.path, bad, token: shop.token).status == 422)
            }
        }
    }

    @Test func `the last administrator stays one, nobody removes themselves, and agents change nobody`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let own = "\(shop.path)/agents/\(shop.agent.id)"
            let mila = try await add("Mila", house, shop)
            #expect(try await house.call(.patch, own, #"{"role":"agent"}"#, token: shop.token).status == 422)
            #expect(try await house.call(.delete, own, token: shop.token).status == 422)
            #expect(try await house.call(.delete, own, token: mila.token).status == 403)
            #expect(try await house.call(.patch, mila.path, #"{"role":"administrator"}"#, token: mila.token).status == 403)
            _ = try await house.call(.patch, mila.path, #"{"role":"administrator"}"#, token: shop.token)
            // There is another one now, and still nobody removes themselves.
            let refused = try await house.call(.delete, own, token: shop.token)
            #expect(refused.status == 422 && refused.text.contains("themselves"))
            #expect(try await house.call(.patch, own, #"{"role":"agent"}"#, token: shop.token).status == 200)
        }
    }

    @Test func `of two administrators who remove each other one is left`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop")
            let mila = try await add("Mila", as: .administrator, house, shop)
            // Both were let in before either was removed.
            let changes = ChangeAgents(desk: house.desk)
            try await changes.remove(shop.agent.id.value, by: mila.agent)
            await #expect(throws: DeskError.self) { try await changes.remove(mila.agent.id.value, by: shop.agent) }
            #expect(try await house.desk.database.read { try $0.agents(of: shop.account.id) }.map(\.id) == [mila.agent.id])
        }
    }

    @Test func `who was removed is out at once, has nothing, and is still named on what they wrote`() async throws {
        try await AgentTestHouse.with { house in
            let shop = try await house.tenant("shop", more: 1)
            let mila = try await add("Mila", house, shop)
            let one = "\(shop.path)/conversations/1"
            let signedIn = try await SignIn(desk: house.desk, passwords: PasswordQueue()).run(
                email: "mila@shop.test", password: "correct horse", remote: "test")
            _ = try await house.call(.post, "\(one)/assignments", #"{"assignee_id":\#(mila.agent.id)}"#, token: shop.token)
            _ = try await house.call(.post, "\(one)/messages", #"{"content":"From Mila"}"#, token: mila.token)
            _ = try await house.call(.put, "\(one)/draft", #"{"note":"x"}"#, token: mila.token)
            let members = "\(shop.path)/teams/\(shop.team)/team_members"
            _ = try await house.call(.post, members, #"{"user_ids":[\#(mila.agent.id)]}"#, token: shop.token)
            func counts() async throws -> [Int64?] {
                let meta = try await house.call(.get, "\(shop.path)/conversations/meta", token: shop.token).json["meta"]
                return ["mine_count", "assigned_count", "unassigned_count", "all_count"].map { meta?[$0]?.number }
            }
            let before = try await counts()
            #expect(try await house.call(.delete, mila.path, token: shop.token).status == 200)

            #expect(try await house.call(.get, "\(shop.path)/agents", token: mila.token).status == 401)
            let cookie = ["cookie": "throughline_session=\(signedIn.session.cookie)"]
            #expect(try await house.call(.get, "\(shop.path)/agents", headers: cookie).status == 401)
            await #expect(throws: DeskError.self) {
                try await SignIn(desk: house.desk, passwords: PasswordQueue()).run(
                    email: "mila@shop.test", password: "correct horse", remote: "test")
            }
            #expect(!(try await house.call(.get, "\(shop.path)/agents", token: shop.token).text.contains("Mila")))
            #expect(try await house.call(.get, one, token: shop.token).json["meta"]?["assignee"]?["id"] == nil)
            #expect(try await house.call(.get, members, token: shop.token).text.contains("Mila") == false)
            #expect(try await house.call(.get, "\(one)/messages", token: shop.token).text.contains(#""name":"Mila""#))
            // What was theirs counts as nobody's: the sums of the tabs still agree with the rows.
            let after = try await counts()
            #expect(after[0] == before[0] && after[3] == before[3])
            #expect((after[2] ?? 0) == (before[2] ?? 0) + 1 && (after[1] ?? 0) == (before[1] ?? 0) - 1)
            #expect(try await events(house, named: .agentRemoved).count == 1)
            // They are nobody whom one could choose any more, and their address is free.
            let assign = #"{"assignee_id":\#(mila.agent.id)}"#
            #expect(try await house.call(.post, "\(one)/assignments", assign, token: shop.token).status == 404)
            #expect(try await house.call(.delete, mila.path, token: shop.token).status == 404)
            _ = try await add("Mila", house, shop)
        }
    }
}
