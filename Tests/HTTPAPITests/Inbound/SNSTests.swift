import Conversations
import Desk
import Foundation
import MailTransport
import Store
import Synchronization
import Testing

@testable import HTTPAPI

/// Amazon SES by SNS, signed as Amazon does, with a certificate of the test's own and by openssl.
@Suite struct SNSTests {
    static let topic = "arn:aws:sns:eu-west-1:123456789012:mail"
    static let certificateURL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"

    /// Somebody who signs, and what he publishes under which address.
    final class Signer: Sendable {
        let folder: URL
        let asked = Mutex<[String]>([])
        let answer: WebAnswer

        init(name: String = "sns.amazonaws.com") throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "throughline-sns-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let pem = folder.appending(path: "cert.pem")
            try openssl(
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-addext",
                "subjectAltName=DNS:\(name)",
                "-keyout", folder.appending(path: "key.pem").path, "-out", pem.path)
            answer = WebAnswer(status: 200, body: Array(try Data(contentsOf: pem)))
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func sign(_ text: String, _ hash: String = "-sha256") throws -> String {
            let (input, output) = (folder.appending(path: "in"), folder.appending(path: "out"))
            try Data(text.utf8).write(to: input)
            try openssl("dgst", hash, "-sign", folder.appending(path: "key.pem").path, "-out", output.path, input.path)
            return try Data(contentsOf: output).base64EncodedString()
        }

        func fetch(_ request: WebRequest) -> WebOutcome {
            asked.withLock { $0.append("\(request.method) \(request.address)\(request.path)") }
            return .answered(request.path.hasSuffix(".pem") ? answer : WebAnswer(status: 200))
        }
    }

    struct House {
        let house: AgentTestHouse
        let acme: Tenant
        let door: ProviderDoor
        let signer: Signer

        func time() -> String {
            house.clock.now.date.formatted(
                .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
        }

        /// A message as SNS posts it, its signed members in their order.
        func message(
            _ message: String, id: String = UUID().uuidString, type: String = "Notification", topic: String = SNSTests.topic,
            version: String = "2",
            at time: String? = nil, more: [(String, String)] = []
        ) throws -> JSON {
            var members = [
                ("Message", message), ("MessageId", id), ("Timestamp", time ?? self.time()), ("TopicArn", topic), ("Type", type),
            ]
            members += more
            members.sort { $0.0 < $1.0 }
            let text = members.map { "\($0.0)\n\($0.1)\n" }.joined()
            let signature = try signer.sign(text, version == "1" ? "-sha1" : "-sha256")
            members += [("SignatureVersion", version), ("Signature", signature), ("SigningCertURL", SNSTests.certificateURL)]
            return .object(members.map { ($0.0, .string($0.1)) })
        }

        /// A message, signed and posted.
        func send(
            _ text: String, type: String = "Notification", topic: String = SNSTests.topic, at time: String? = nil,
            more: [(String, String)] = []
        ) async throws -> Int {
            try await post(try message(text, type: type, topic: topic, at: time, more: more))
        }

        func post(_ json: JSON) async throws -> Int {
            try await door.post(
                "/inbound/ses", json.bytes, type: "text/plain; charset=UTF-8", headers: ["x-amz-sns-message-type": "Notification"])
        }
    }

    static func received(_ subject: String, to address: String = "help@acme.test", base64: Bool = false, content: Bool = true) -> String {
        let raw =
            "From: ann@customer.test\r\nTo: \(address)\r\nSubject: \(subject)\r\nMessage-ID: <\(subject)@customer.test>\r\n\r\nHello\r\n"
        var members: [(String, JSON)] = [
            ("notificationType", .string("Received")), ("mail", .object([("source", .string("ann@customer.test"))])),
            (
                "receipt",
                .object([
                    ("recipients", .array([.string(address)])),
                    ("action", .object([("type", .string("SNS")), ("encoding", .string(base64 ? "BASE64" : "UTF8"))])),
                ])
            ),
        ]
        if content { members.append(("content", .string(base64 ? Data(raw.utf8).base64EncodedString() : raw))) }
        return JSON.object(members).text
    }

    private func with(name: String = "sns.amazonaws.com", _ body: (House) async throws -> Void) async throws {
        let signer = try Signer(name: name)
        try await AgentTestHouse.with { house in
            house.clock.advance(by: Instant(Date()).since(house.clock.now))
            let acme = try await house.tenant("acme")
            let inbox = try await CreateInbox(desk: house.desk).run(
                .init(kind: .email, name: "Help", address: "help@acme.test"), account: acme.account.id)
            _ = try await InboxProviderKey(desk: house.desk).keep(.ses, key: nil, topic: Self.topic, of: inbox.id.value, by: acme.agent)
            let certificates = SNSCertificates(fetch: { signer.fetch($0) }, now: { house.clock.now })
            try await body(House(house: house, acme: acme, door: ProviderDoor(house, certificates: certificates), signer: signer))
        }
    }

    @Test func `mail that Amazon signed is taken once`() async throws {
        try await with { (house: House) async throws in
            for (version, base64) in [("1", false), ("2", true)] {
                let message = try house.message(
                    Self.received("v\(version)", base64: base64), version: version, more: [("Subject", "Amazon SES")])
                #expect(try await house.post(message) == 200)
                #expect(try await house.post(message) == 422, "a replay")
            }
            #expect(try await house.door.recipients(of: house.acme) == [["help@acme.test"], ["help@acme.test"]])
            #expect(house.signer.asked.withLock { $0 } == ["GET \(Self.certificateURL)"], "fetched once")
        }
    }

    @Test func `what Amazon did not sign so is not taken`() async throws {
        try await with { (house: House) async throws in
            let good = try house.message(Self.received("x"))
            func changed(_ name: String, _ value: String?) -> JSON {
                guard case .object(let members) = good else { return .null }
                return .object(members.compactMap { $0.0 == name ? value.map { (name, .string($0)) } : $0 })
            }
            #expect(try await house.post(changed("Message", Self.received("y"))) == 401)
            #expect(try await house.post(changed("SignatureVersion", "1")) == 401)
            #expect(try await house.post(changed("Signature", nil)) == 401)
            for url in [
                "https://sns.eu-west-1.amazonaws.com.evil.test/x.pem", "http://sns.eu-west-1.amazonaws.com/x.pem",
                "https://evil.test/x.pem",
                "https://sns.eu-west-1.amazonaws.com@evil.test/x.pem", "https://sns.us-east-1.amazonaws.com/x.pem",
                "https://sns.eu-west-1.amazonaws.com:8443/x.pem", "https://sns.eu-west-1.amazonaws.com/x.pem?a=b",
                "https://sns.eu-west-1.amazonaws.com/?Action=x",
            ] {
                #expect(try await house.post(changed("SigningCertURL", url)) == 401, "\(url)")
            }
            #expect(try await house.send(Self.received("x"), topic: Self.topic + "2") == 401, "another's topic")
            #expect(try await house.send(Self.received("x"), at: "2026-01-01T00:00:00.000Z") == 422, "long ago")
            #expect(try await house.send(Self.received("x", to: "nobody@acme.test")) == 422)
            #expect(try await house.send(Self.received("x", content: false)) == 422, "too large for Amazon")
            #expect(try await house.post(.object([])) == 422)
            #expect(try await house.door.recipients(of: house.acme).isEmpty)
            #expect(try await house.post(good) == 200)
        }
    }

    @Test func `a certificate that is not made out to Amazon SNS, or has expired, signs nothing`() async throws {
        try await with(name: "sns.evil.test") { (house: House) async throws in
            #expect(try await house.send(Self.received("x")) == 401)
        }
        try await with { (house: House) async throws in
            house.house.clock.advance(by: .seconds(3 * 86_400))
            #expect(try await house.send(Self.received("x")) == 401)
        }
    }

    @Test func `a subscription is confirmed for the inbox's topic alone, at Amazon alone`() async throws {
        try await with { (house: House) async throws in
            func subscribe(_ url: String, topic: String = Self.topic) async throws -> Int {
                try await house.send(

                    "You have chosen to subscribe", type: "SubscriptionConfirmation", topic: topic,
                    more: [("SubscribeURL", url), ("Token", "t")])
            }
            let url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
            #expect(try await subscribe("https://evil.test/?Action=ConfirmSubscription") == 422)
            #expect(try await subscribe(url, topic: Self.topic + "2") == 401)
            #expect(house.signer.asked.withLock { !$0.contains { $0.contains("Confirm") } })
            #expect(try await subscribe(url) == 200)
            #expect(house.signer.asked.withLock { $0.last } == "GET \(url)")
            #expect(try await house.send("Successfully validated SNS topic for Amazon SES event publishing.") == 200)
        }
    }
}

private func openssl(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
}
