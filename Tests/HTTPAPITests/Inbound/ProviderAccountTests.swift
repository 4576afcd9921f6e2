import Conversations
import Crypto
import Desk
import Foundation
import HTTPTypes
import Hummingbird
import Store
import Testing

@testable import HTTPAPI

/// Whose a provider's request is: the accounts' whose key proves it, and nobody else's, whatever recipients it names.
@Suite struct ProviderAccountTests {
    private static let mail = Array(
        "From: ann@customer.test\r\nTo: x\r\nSubject: Hello\r\nMessage-ID: <1@customer.test>\r\n\r\nHello\r\n".utf8)

    private static func emailInbox(_ address: String, _ tenant: Tenant, _ house: AgentTestHouse) async throws -> Inbox {
        try await CreateInbox(desk: house.desk).run(.init(kind: .email, name: address, address: address), account: tenant.account.id)
    }

    private static func signed(_ key: String, _ house: AgentTestHouse) -> [String: String] {
        let timestamp = String(house.clock.now.seconds)
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(timestamp).".utf8) + mail, using: SymmetricKey(data: Data(key.utf8)))
        return [
            "X-Throughline-Timestamp": timestamp, "X-Throughline-Signature": code.map { String(format: "%02x", $0) }.joined(),
        ]
    }

    @Test func `a key takes no mail for another account`() async throws {
        try await AgentTestHouse.with { (house: AgentTestHouse) async throws in
            let (acme, eve) = (try await house.tenant("acme"), try await house.tenant("eve"))
            let help = try await Self.emailInbox("help@acme.test", acme, house)
            let own = try await Self.emailInbox("help@eve.test", eve, house)
            let keys = InboxProviderKey(desk: house.desk)
            _ = try await keys.keep(.raw, key: "the key of acme", topic: nil, of: help.id.value, by: acme.agent)
            _ = try await keys.keep(.raw, key: "the key of eve", topic: nil, of: own.id.value, by: eve.agent)
            let door = ProviderDoor(house)
            func post(_ recipients: String, _ key: String) async throws -> Int {
                house.clock.advance(by: .seconds(1))
                return try await door.post(
                    "/inbound/raw?\(recipients)", Self.mail, type: "message/rfc822", headers: Self.signed(key, house))
            }
            #expect(try await post("recipient=help@acme.test", "the key of eve") == 422)
            #expect(try await post("recipient=help@acme.test&recipient=help@eve.test", "the key of eve") == 200)
            #expect(try await door.recipients(of: acme).isEmpty)
            #expect(try await door.recipients(of: eve) == [["help@eve.test"]])
            #expect(try await post("recipient=help@acme.test", "the key of acme") == 200)
            #expect(try await door.recipients(of: acme) == [["help@acme.test"]])
        }
    }

    @Test func `wrong proofs are limited for each address, and right ones are not`() async throws {
        try await AgentTestHouse.with { (house: AgentTestHouse) async throws in
            let acme = try await house.tenant("acme")
            let help = try await Self.emailInbox("help@acme.test", acme, house)
            _ = try await InboxProviderKey(desk: house.desk).keep(
                .raw, key: "the key of acme", topic: nil, of: help.id.value, by: acme.agent)
            let door = ProviderDoor(house)
            func post(_ key: String, from address: String) async throws -> Response {
                try await door.answer(
                    "/inbound/raw?recipient=help@acme.test", Self.mail, type: "message/rfc822", headers: Self.signed(key, house),
                    from: address)
            }
            for _ in 0..<30 {
                house.clock.advance(by: .milliseconds(1))
                #expect(try await post("the key of acme", from: "198.51.100.2").status != .serviceUnavailable)
            }
            var answers: [Int] = []
            for _ in 0..<22 { answers.append(try await post("a guess", from: "198.51.100.1").status.code) }
            #expect(answers == Array(repeating: 401, count: 20) + [503, 503])
            // Whoever guessed is told when to come again, with a right key too; nobody else waits for that.
            let told = try await post("the key of acme", from: "198.51.100.1")
            #expect(told.status == .serviceUnavailable && told.headers[.retryAfter] == "10")
            // A provider's addresses are shared: what another of its customers sends from there keeps no mail of ours out.
            for _ in 0..<25 { #expect(try await post("a guess", from: "198.51.100.2").status == .unauthorized) }
            house.clock.advance(by: .seconds(2))
            #expect(try await post("the key of acme", from: "198.51.100.2").status == .ok)
            house.clock.advance(by: .seconds(10))
            #expect(try await post("the key of acme", from: "198.51.100.1").status == .ok)
        }
    }

    @Test func `what could not be stored is taken at the next try`() async throws {
        try await AgentTestHouse.with { (house: AgentTestHouse) async throws in
            let acme = try await house.tenant("acme")
            let help = try await Self.emailInbox("help@acme.test", acme, house)
            _ = try await InboxProviderKey(desk: house.desk).keep(
                .raw, key: "the key of acme", topic: nil, of: help.id.value, by: acme.agent)
            let door = ProviderDoor(house)
            let headers = Self.signed("the key of acme", house)
            func post() async throws -> Int {
                try await door.post("/inbound/raw?recipient=help@acme.test", Self.mail, type: "message/rfc822", headers: headers)
            }
            try await house.desk.database.write { _ = try $0.run("ALTER TABLE inbound_raw RENAME TO gone") }
            #expect(try await post() == 500)
            try await house.desk.database.write { _ = try $0.run("ALTER TABLE gone RENAME TO inbound_raw") }
            #expect(try await post() == 200)
            #expect(try await post() == 422)
            #expect(try await door.recipients(of: acme).count == 1)
        }
    }

    @Test func `what is too large or too much is refused without being read`() async throws {
        let memory = InboundMemory(bytes: 100)
        #expect(memory.take(60))
        #expect(!memory.take(41))
        memory.give(60)
        #expect(memory.take(100))
        try await AgentTestHouse.with { (house: AgentTestHouse) async throws in
            let size = ["Content-Length": String(house.desk.options.maxMessageBytes * 3 + (1 << 20) + 1)]
            #expect(try await ProviderDoor(house).post("/inbound/mailgun", [], type: "multipart/form-data", headers: size) == 406)
        }
    }

    @Test func `only administrators see and change a provider, and a key that can be guessed is none`() async throws {
        try await AgentTestHouse.with { (house: AgentTestHouse) async throws in
            let acme = try await house.tenant("acme")
            let sam = try await house.tenant("other", role: .agent)
            let path = "inboxes/\(acme.inbox.id)/provider"
            func put(_ body: String) async throws -> AgentTestHouse.Answer {
                try await house.call(.put, "/api/v1/accounts/\(acme.account.id)/\(path)", body, token: acme.token)
            }
            #expect(try await put(#"{"kind":"mailgun","signing_key":"short"}"#).status == 422)
            #expect(try await put(#"{"kind":"mailgun"}"#).status == 422)
            #expect(try await put(#"{"kind":"ses","topic_arn":"arn:aws:sqs:eu-west-1:1:x"}"#).status == 422)
            #expect(try await put(#"{"kind":"pigeon"}"#).status == 422)
            #expect(try await put(#"{"kind":"postmark"}"#).json["signing_key"]?.stringValue?.count == 48)
            let colleague = "/api/v1/accounts/\(sam.account.id)/inboxes/\(sam.inbox.id)/provider"
            #expect(try await house.call(.get, colleague, token: sam.token).status == 403)
        }
    }
}
