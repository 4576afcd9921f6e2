import Conversations
import Desk
import Testing

@testable import HTTPAPI

/// The first administrator is made in the browser, by a link that is good once.
@Suite struct FirstAdministratorTests {
    private static let body =
        #"{"account_name":"Acme","name":"Kim","email":"Kim@acme.test","password":"a long password"}"#

    private func link(_ house: AgentTestHouse) async throws -> String {
        try #require(try await FirstAdministrator(desk: house.desk).newLink())
    }

    private func agents(_ house: AgentTestHouse) async throws -> Int {
        try await house.desk.database.read { tx in
            try tx.accountIDs(limit: 10).reduce(0) { try $0 + tx.agents(of: $1).count }
        }
    }

    @Test func `the link makes an account with its administrator, signed in, once`() async throws {
        try await AgentTestHouse.with { house in
            let token = try await link(house)
            let answer = try await house.call(.post, "/setup/\(token)", Self.body)
            #expect(answer.status == 200)
            #expect(answer.json["data"]?["role"]?.stringValue == "administrator")
            #expect(answer.json["data"]?["email"]?.stringValue == "kim@acme.test")
            let cookie = try #require(answer.headers[.setCookie]).prefix { $0 != ";" }
            let profile = try await house.call(.get, "/api/v1/profile", headers: ["Cookie": String(cookie)])
            #expect(profile.status == 200 && profile.json["accounts"]?[0]?["name"]?.stringValue == "Acme")
            #expect(try await house.call(.post, "/setup/\(token)", Self.body.replacing("Kim@", with: "eve@")).status == 404)
            #expect(try await house.call(.post, "/auth/sign_in", #"{"email":"kim@acme.test","password":"a long password"}"#).status == 200)
            #expect(try await FirstAdministrator(desk: house.desk).newLink() == nil)
            #expect(try await agents(house) == 1)
        }
    }

    @Test func `of many who press at once one becomes the administrator`() async throws {
        try await AgentTestHouse.with { house in
            let token = try await link(house)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        try await house.call(.post, "/setup/\(token)", Self.body.replacing("Kim@", with: "kim\(number)@")).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200, 404, 404, 404, 404, 404])
            #expect(try await agents(house) == 1)
        }
    }

    @Test func `its day ends, a newer one ends it, and so does an administrator who was made otherwise`() async throws {
        try await AgentTestHouse.with { house in
            let first = try await link(house)
            let second = try await link(house)
            #expect(try await house.call(.post, "/setup/\(first)", Self.body).status == 404)
            house.clock.advance(by: FirstAdministrator.lifetime)
            #expect(try await house.call(.post, "/setup/\(second)", Self.body).status == 404)
            let third = try await link(house)
            #expect(try await FirstAdministrator(desk: house.desk).isGood(third))
            _ = try await house.tenant("mine")
            #expect(try await house.call(.post, "/setup/\(third)", Self.body).status == 404)
            #expect(try await !FirstAdministrator(desk: house.desk).isGood(third))
            #expect(try await house.call(.post, "/setup/", Self.body).status == 404)
        }
    }

    @Test(arguments: [
        ("account_name", #""Acme""#, #"" ""#), ("name", #""Kim""#, #""""#), ("email", #""Kim@acme.test""#, #""kim at acme""#),
        ("password", #""a long password""#, #""1234567""#),
    ])
    func `what is missing or wrong is named, and the link stays good`(field: String, right: String, wrong: String) async throws {
        try await AgentTestHouse.with { house in
            let token = try await link(house)
            let answer = try await house.call(.post, "/setup/\(token)", Self.body.replacing(right, with: wrong))
            #expect(answer.status == 422 && answer.json["attributes"]?[0]?.stringValue == field)
            #expect(try await agents(house) == 0)
            #expect(try await house.call(.post, "/setup/\(token)", Self.body).status == 200)
        }
    }
}
