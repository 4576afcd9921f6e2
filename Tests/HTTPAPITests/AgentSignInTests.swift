import Conversations
import Desk
import HTTPTypes
import Testing

@testable import HTTPAPI

@Suite struct AgentSignInTests {
    private static let right = #"{"email":"Sam@Mine.test ","password":"correct horse"}"#

    @Test func `signing in gives Chatwoot's headers, its body and a cookie that scripts cannot read`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let answer = try await house.call(.post, "/auth/sign_in", Self.right)
            #expect(answer.status == 200)
            let data = try #require(answer.json["data"])
            #expect(data["email"]?.stringValue == "sam@mine.test")
            #expect(data["access_token"]?.stringValue == mine.token)
            #expect(data["account_id"]?.number == mine.account.id.value)
            #expect(data["accounts"]?[0]?["role"]?.stringValue == "administrator")
            let cookie = try #require(answer.headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"))
            #expect(!cookie.contains("Secure"), "The public address is http.")
            let headers = try Self.clientHeaders(answer)
            #expect(try await house.call(.get, "/auth/validate_token", headers: headers).json["payload"]?["success"]?.isTrue == true)
            #expect(!cookie.contains(try #require(headers["access-token"])), "What scripts can read is not the cookie.")
        }
    }

    @Test func `the cookie reads, and changes only with our header`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let cookie = try Self.cookie(try await house.call(.post, "/auth/sign_in", Self.right))
            let path = "/api/v1/accounts/\(mine.account.id)/conversations/1/toggle_status"
            #expect(try await house.call(.get, "/api/v1/profile", headers: ["Cookie": "other=1; \(cookie)"]).status == 200)
            #expect(try await house.call(.post, path, "{}", headers: ["Cookie": cookie]).status == 403)
            #expect(try await house.call(.post, path, "{}", headers: ["Cookie": cookie, "X-Throughline": "1"]).status == 200)
        }
    }

    @Test func `signing out ends the cookie and the headers`() async throws {
        try await AgentTestHouse.with { house in
            _ = try await house.tenant("mine")
            let answer = try await house.call(.post, "/auth/sign_in", Self.right)
            let (cookie, headers) = (try Self.cookie(answer), try Self.clientHeaders(answer))
            let out = try await house.call(.delete, "/auth/sign_out", headers: ["Cookie": cookie, "X-Throughline": "1"])
            #expect(out.status == 200 && out.headers[.setCookie]?.contains("Max-Age=0") == true)
            #expect(try await house.call(.get, "/api/v1/profile", headers: ["Cookie": cookie]).status == 401)
            #expect(try await house.call(.get, "/api/v1/profile", headers: headers).status == 401)
        }
    }

    @Test func `a session ends by itself`() async throws {
        try await AgentTestHouse.with { house in
            _ = try await house.tenant("mine")
            let cookie = try Self.cookie(try await house.call(.post, "/auth/sign_in", Self.right))
            house.clock.advance(by: AgentSession.lifetime - .seconds(1))
            #expect(try await house.call(.get, "/api/v1/profile", headers: ["Cookie": cookie]).status == 200)
            house.clock.advance(by: .seconds(2))
            #expect(try await house.call(.get, "/api/v1/profile", headers: ["Cookie": cookie]).status == 401)
        }
    }

    @Test func `wrong address and wrong password are one answer, and guessing ends`() async throws {
        try await AgentTestHouse.with { house in
            _ = try await house.tenant("mine")
            let unknown = try await house.call(.post, "/auth/sign_in", #"{"email":"eve@mine.test","password":"x"}"#)
            let wrong = try await house.call(.post, "/auth/sign_in", #"{"email":"sam@mine.test","password":"x"}"#)
            #expect(unknown.status == 401 && unknown.text == wrong.text)
            #expect(unknown.json["success"]?.isTrue == false && unknown.json["errors"]?.count == 1)
            for _ in 0..<9 { _ = try await house.call(.post, "/auth/sign_in", #"{"email":"sam@mine.test","password":"x"}"#) }
            let refused = try await house.call(.post, "/auth/sign_in", Self.right)
            #expect(refused.status == 429)
            #expect(refused.json["error"]?.stringValue?.isEmpty == false)
            house.clock.advance(by: .seconds(901))
            #expect(try await house.call(.post, "/auth/sign_in", Self.right).status == 200)
        }
    }

    @Test func `a form of another site signs nobody in`() async throws {
        try await AgentTestHouse.with { house in
            _ = try await house.tenant("mine")
            for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
                let answer = try await house.call(.post, "/auth/sign_in", Self.right, type: type)
                #expect(answer.status == 415)
                #expect(answer.headers[.setCookie] == nil)
            }
        }
    }

    @Test func `a tampered cookie or header is nobody's`() async throws {
        try await AgentTestHouse.with { house in
            _ = try await house.tenant("mine")
            let answer = try await house.call(.post, "/auth/sign_in", Self.right)
            let cookie = try Self.cookie(answer)
            for bad in [
                String(cookie.dropLast()) + "~", String(cookie.dropLast(64)), cookie.replacing(".", with: ""), "throughline_session=",
            ] {
                #expect(try await house.call(.get, "/api/v1/profile", headers: ["Cookie": bad]).status == 401)
            }
            var headers = try Self.clientHeaders(answer)
            headers["uid"] = "eve@mine.test"
            #expect(try await house.call(.get, "/api/v1/profile", headers: headers).status == 401)
        }
    }

    @Test func `a new password needs the old one and ends every session`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine")
            let cookie = try Self.cookie(try await house.call(.post, "/auth/sign_in", Self.right))
            func change(_ current: String, _ new: String) async throws -> Int {
                try await house.call(
                    .put, "/api/v1/profile", #"{"profile":{"current_password":"\#(current)","password":"\#(new)"}}"#, token: mine.token
                ).status
            }
            #expect(try await change("wrong", "another horse") == 422)
            #expect(try await change("correct horse", "short") == 422)
            #expect(try await change("correct horse", "another horse") == 200)
            #expect(try await house.call(.get, "/api/v1/profile", headers: ["Cookie": cookie]).status == 401)
            #expect(try await house.call(.post, "/auth/sign_in", Self.right).status == 401)
            let new = try await house.call(.post, "/auth/sign_in", #"{"email":"sam@mine.test","password":"another horse"}"#)
            #expect(new.status == 200)
        }
    }

    @Test func `only administrators make agents and inboxes`() async throws {
        try await AgentTestHouse.with { house in
            let mine = try await house.tenant("mine", role: .agent)
            let account = "/api/v1/accounts/\(mine.account.id)"
            #expect(try await house.call(.post, "\(account)/agents", #"{"name":"A","email":"a@a.test"}"#, token: mine.token).status == 403)
            #expect(try await house.call(.post, "\(account)/inboxes", "{}", token: mine.token).status == 403)
            #expect(try await house.call(.patch, "\(account)/inboxes/\(mine.inbox.id)", "{}", token: mine.token).status == 403)
            #expect(!(try await house.call(.get, "\(account)/inboxes", token: mine.token).text.contains("hmac_token")))
        }
    }

    private static func cookie(_ answer: AgentTestHouse.Answer) throws -> String {
        try #require(answer.headers[.setCookie]?.split(separator: ";").first.map(String.init))
    }

    private static func clientHeaders(_ answer: AgentTestHouse.Answer) throws -> [String: String] {
        var headers: [String: String] = [:]
        for name in ["access-token", "client", "uid"] {
            let field = try #require(HTTPField.Name(name))
            let value: String = try #require(answer.headers[field])
            headers[name] = value
        }
        return headers
    }
}
