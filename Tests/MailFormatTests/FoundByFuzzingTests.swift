import Foundation
import HTMLReading
import Testing

@testable import MailFormat

/// What a fuzzer once found, cut to the least that shows it, in Fixtures/found/TARGET: the promise that was broken holds. The fuzzers begin
/// with these inputs too.
@Suite struct FoundByFuzzingTests {
    private static func inputs(_ target: String) -> [String] {
        let folder = Bundle.module.resourceURL?.appending(path: "Fixtures/found/\(target)").path ?? ""
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private static func bytes(_ target: String, _ name: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.resourceURL)
        return [UInt8](try Data(contentsOf: folder.appending(path: "Fixtures/found/\(target)/\(name)")))
    }

    @Test func thereAreInputs() {
        #expect(
            !Self.inputs("html").isEmpty && !Self.inputs("addresses").isEmpty && !Self.inputs("mail").isEmpty
                && !Self.inputs("dates").isEmpty)
    }

    @Test(arguments: inputs("html"))
    func safeHTMLIsStable(_ name: String) throws {
        let html = String(decoding: try Self.bytes("html", name), as: UTF8.self)
        let safe = SafeHTML().clean(html)
        #expect(SafeHTML().clean(safe) == safe)
        #expect(!safe.utf8.contains(0))
        let text = HTMLText.text(of: html)
        #expect(!text.utf8.contains(0) && !text.utf8.contains(0x0D))
    }

    @Test(arguments: inputs("addresses"))
    func addressesHoldNoControls(_ name: String) throws {
        let raw = try Self.bytes("addresses", name)
        let inMail = MailReader().read(Array("From: ".utf8) + raw + Array("\r\n\r\n".utf8))
        for each in MailAddress.list(String(decoding: raw, as: UTF8.self)) + [inMail.from].compactMap({ $0 }) {
            #expect(!each.address.utf8.contains { $0 < 0x20 }, "\(each)")
            #expect(each.name?.utf8.contains { $0 < 0x20 } != true, "\(each)")
        }
    }

    @Test(arguments: inputs("dates"))
    func datesAreInACalendar(_ name: String) throws {
        let date = MailReader().read(Array("Date: ".utf8) + (try Self.bytes("dates", name)) + Array("\r\n\r\n".utf8)).date
        if let date { #expect((-62_200_000_000...254_000_000_000).contains(date.timeIntervalSince1970), "\(date)") }
    }

    @Test(arguments: inputs("mail"))
    func mailsAreClean(_ name: String) throws {
        let mail = MailReader().read(try Self.bytes("mail", name))
        #expect(!mail.text.utf8.contains { $0 == 0 || $0 == 0x0D })
        #expect(mail.html?.utf8.contains(0) != true)
        for header in mail.headers { #expect(!header.value.utf8.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D }, "\(header)") }
        for file in mail.attachments { #expect(file.filename?.contains("/") != true, "\(file.filename ?? "")") }
        if let html = mail.html {
            let safe = SafeHTML().clean(html)
            #expect(SafeHTML().clean(safe) == safe)
        }
    }
}
