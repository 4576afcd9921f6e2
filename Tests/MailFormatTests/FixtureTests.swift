import Foundation
import Testing

@testable import MailFormat

/// Every `Fixtures/NAME.eml` is a mail written for what its name says; `NAME.json` holds what must be read from it. What is not named there is not asked.
@Suite struct FixtureTests {
    static let folder = Bundle.module.resourceURL?.appendingPathComponent("Fixtures") ?? URL(fileURLWithPath: "Fixtures")

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".eml") }.map { String($0.dropLast(4)) }.sorted()
    }()

    @Test func thereAreFixtures() {
        #expect(Self.names.count >= 150)
    }

    @Test(arguments: names)
    func isReadAsExpected(_ name: String) throws {
        let raw = try Data(contentsOf: Self.folder.appendingPathComponent(name + ".eml"))
        let json = try Data(contentsOf: Self.folder.appendingPathComponent(name + ".json"))
        let expected = try JSONDecoder().decode(Expected.self, from: json)
        let keys = Set((try JSONSerialization.jsonObject(with: json) as? [String: Any] ?? [:]).keys)
        #expect(!keys.isEmpty)
        let mail = MailReader().read(raw)

        if keys.contains("subject") { #expect(mail.subject == expected.subject) }
        if keys.contains("messageID") { #expect(mail.messageID == expected.messageID) }
        if keys.contains("date") { #expect(mail.date.map { ISO8601DateFormatter().string(from: $0) } == expected.date) }
        if keys.contains("from") { #expect(mail.from == expected.from) }
        if let to = expected.to { #expect(mail.to.map(\.address) == to) }
        if let ids = expected.inReplyTo { #expect(mail.inReplyTo == ids) }
        if let ids = expected.references { #expect(mail.references == ids) }
        if let text = expected.text { #expect(mail.text == text) }
        for part in expected.textContains ?? [] { #expect(mail.text.contains(part), "\(mail.text)") }
        for part in expected.invitationContains ?? [] { #expect(mail.invitation?.contains(part) == true, "\(mail.invitation ?? "")") }
        if let failures = expected.failures {
            let got = mail.report?.failures ?? []
            #expect(got.map(\.recipient) == failures.map(\.recipient))
            #expect(got.map(\.status) == failures.map(\.status))
            #expect(got.map(\.isPermanent) == failures.map(\.isPermanent))
            #expect(got.allSatisfy { $0.sentence.hasSuffix(".") })
        }
        if let part = expected.htmlContains { #expect(mail.html?.contains(part) == true) }
        if let attachments = expected.attachments {
            #expect(mail.attachments.count == attachments.count)
            for (got, wanted) in zip(mail.attachments, attachments) {
                if wanted.namesFilename { #expect(got.filename == wanted.filename) }
                if let type = wanted.contentType { #expect(got.contentType == type) }
                if let size = wanted.size { #expect(got.size == size) }
                if let inline = wanted.inline { #expect(got.inline == inline) }
                if let id = wanted.contentID { #expect(got.contentID == id) }
                #expect(got.size == got.bytes.count)
            }
        }
        if let defects = expected.defects {
            if defects.isEmpty { #expect(mail.defects == []) }
            for part in defects { #expect(mail.defects.contains { $0.contains(part) }, "\(mail.defects)") }
        }
        if let report = expected.report {
            let got = try #require(mail.report)
            #expect(got.kind.rawValue == report.kind)
            if let id = report.originalMessageID { #expect(got.originalMessageID == id) }
            for (recipient, wanted) in zip(got.recipients, report.recipients ?? []) {
                #expect(recipient.address == wanted.address)
                #expect(recipient.action == wanted.action)
                #expect(recipient.status == wanted.status)
                #expect(recipient.diagnostic == wanted.diagnostic)
                #expect(recipient.remoteMTA == wanted.remoteMTA)
            }
            #expect(got.recipients.count >= report.recipients?.count ?? 0)
        }
        #expect(!mail.text.contains("\0") && !mail.text.contains("\r"))
    }

    /// A mail that crosses a process as JSON comes out the same.
    @Test(arguments: names)
    func survivesCoding(_ name: String) throws {
        let mail = MailReader().read(try Data(contentsOf: Self.folder.appendingPathComponent(name + ".eml")))
        let copy = try JSONDecoder().decode(ParsedMail.self, from: JSONEncoder().encode(mail))
        #expect(copy == mail)
    }

    /// No byte of a mail may be missing, wrong or cut off in a way that ends the process.
    @Test(arguments: names)
    func isReadAtEveryLength(_ name: String) throws {
        let raw = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name + ".eml")))
        for length in stride(from: 0, to: raw.count, by: max(1, raw.count / 25)) {
            let mail = MailReader().read(Array(raw[..<length]))
            #expect(!mail.text.contains("\0"))
        }
    }
}

struct Expected: Decodable {
    struct Attachment: Decodable {
        var namesFilename: Bool
        var filename: String?
        var contentType: String?
        var size: Int?
        var inline: Bool?
        var contentID: String?

        private enum Keys: String, CodingKey { case filename, contentType, size, inline, contentID }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Keys.self)
            namesFilename = values.contains(.filename)
            filename = try values.decodeIfPresent(String.self, forKey: .filename)
            contentType = try values.decodeIfPresent(String.self, forKey: .contentType)
            size = try values.decodeIfPresent(Int.self, forKey: .size)
            inline = try values.decodeIfPresent(Bool.self, forKey: .inline)
            contentID = try values.decodeIfPresent(String.self, forKey: .contentID)
        }
    }

    struct Report: Decodable {
        struct Recipient: Decodable {
            var address, action, status, diagnostic, remoteMTA: String?
        }
        var kind: String
        var recipients: [Recipient]?
        var originalMessageID: String?
    }

    struct Failure: Decodable {
        var recipient, status: String?
        var isPermanent: Bool
    }

    var invitationContains: [String]?
    var failures: [Failure]?
    var subject, messageID, date: String?
    var from: MailAddress?
    var to, inReplyTo, references, textContains, defects: [String]?
    var text, htmlContains: String?
    var attachments: [Attachment]?
    var report: Report?
}
