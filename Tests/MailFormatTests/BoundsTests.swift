import Foundation
import Testing

@testable import MailFormat

/// Mails that are made to cost time, memory or stack: what can be shown of them is, and nothing is larger than its limit.
@Suite(.serialized) struct BoundsTests {
    static let head = "From: a@b.test\r\nSubject: x\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    static let limits = MailReader.Limits()

    private func read(_ text: String) -> ParsedMail { MailReader().read(Array(text.utf8)) }

    @Test func depthOfMultiparts() {
        let nested = (0..<20_000).map { "Content-Type: multipart/mixed; boundary=b\($0)\r\n\r\n--b\($0)\r\n" }.joined()
        let mail = read(Self.head + nested + "Content-Type: text/plain\r\n\r\ninside\r\n")
        #expect(mail.subject == "x")
        #expect(mail.text == "inside\n")
        #expect(mail.defects.contains { $0.contains("than are read") })
        let same = read(
            Self.head + String(repeating: "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", count: 20_000)
                + "Content-Type: text/plain\r\n\r\ninside\r\n")
        #expect(same.text == "inside\n")
    }

    @Test func depthOfMessages() {
        let mail = read(Self.head + String(repeating: "Content-Type: message/rfc822\r\n\r\n", count: 20_000) + "\r\nx")
        #expect(mail.subject == "x")
        #expect(mail.attachments.count == 1)
    }

    @Test func headersBeyondTheLimit() {
        let many = (0..<300_000).map { "X-\($0): y\r\n" }.joined()
        for mail in [read(Self.head + many + "\r\nhello\r\n"), read(many + Self.head + "\r\nhello\r\n")] {
            #expect(mail.subject == "x" && mail.from?.address == "a@b.test" && mail.text == "hello\n")
            #expect(mail.headers.count == Self.limits.keptHeaders)
            #expect(mail.defects.contains { $0.contains("than are read") })
        }
        let part = read(
            Self.head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + many
                + "Content-Type: text/html\r\n\r\n<p>hello\r\n--b--\r\n")
        #expect(part.html == "<p>hello")
    }

    @Test func partsBeyondTheLimit() {
        let mail = read(
            Self.head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + String(repeating: "--b\r\nContent-Type: application/x\r\n\r\nx\r\n", count: 300_000) + "--b--\r\n")
        #expect(mail.attachments.count == Self.limits.parts - 1)
        #expect(mail.defects.contains { $0.contains("than are read") })
    }

    @Test func oneHeaderOfMegabytes() {
        for value in [String(repeating: "a", count: 20_000_000), String(repeating: "aaaaaaaaaaaaa\r\n ", count: 1_250_000)] {
            let mail = read("X-Big: " + value + "\r\n" + Self.head + "\r\nhello\r\n")
            #expect(mail.subject == "x" && mail.text == "hello\n")
            #expect(mail.headers.allSatisfy { $0.value.utf8.count <= Self.limits.headerBytes })
        }
    }

    @Test func recipientsBeyondTheLimit() {
        let mail = read(
            Self.head + "To: " + (0..<100_000).map { "Name \($0) <u\($0)@example.test>" }.joined(separator: ",\r\n ") + "\r\n\r\nhello\r\n")
        #expect(mail.to.count == Self.limits.addresses)
        #expect(mail.to.last?.address == "u999@example.test")
        #expect(mail.text == "hello\n")
    }

    @Test func bodiesBeyondTheLimit() {
        let body = String(repeating: "hello world\r\n", count: 200_000)
        let mail = read(
            Self.head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + (0..<3).map { _ in "--b\r\nContent-Type: text/plain\r\n\r\n" + body }.joined() + "--b--\r\n")
        #expect(mail.text.utf8.count <= Self.limits.bodyBytes)
        #expect(mail.text.utf8.count > Self.limits.bodyBytes / 2)
        #expect(mail.defects.contains { $0.contains("longer than is read") })
    }

    @Test func containersWithinContainers() {
        // A signed mail in a signed mail, and so on: those within the limit are unpacked, the next one is a file.
        func element(_ tag: UInt8, _ value: [UInt8]) -> [UInt8] {
            [tag, 0x83, UInt8(value.count >> 16), UInt8(value.count >> 8 & 255), UInt8(value.count & 255)] + value
        }
        let signedData: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
        var part = Array("Content-Type: text/plain\r\n\r\ninside\r\n".utf8)
        for _ in 0..<10 {
            let info = element(0x30, element(0x06, [0x2A]) + element(0xA0, element(0x04, part)))
            let signed = element(0x30, element(0x02, [1]) + element(0x31, []) + info + element(0x31, []))
            part =
                Array("Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\n".utf8)
                + element(0x30, element(0x06, signedData) + element(0xA0, signed))
        }
        let mail = MailReader().read(Array(Self.head.utf8) + part)
        #expect(mail.text.isEmpty)
        #expect(mail.attachments.map(\.filename) == ["smime.p7m"])
    }

    /// Repeated to a megabyte in every header that is read, and as a body: nothing is lost that stands beside them.
    static let units = [
        "<div>", "<a href=\"", "\"", "&#", "&", "<", "<!--", "<blockquote>", "</p>", "<p><span>", "<script>", "begin 644 x\r\n",
        "=?utf-8?q?a",
        "=?utf-8?b?", "=?utf-8?q?a?= ", "=?", "(", ")", ";", ",", ":", "@", "\\", "%", "'", "a*0*=b;", "--b\r\n", "--", "\r\n ", "<ol><li>",
        "<td style='", "cid:", "[", ".", "\u{0}", "\u{1B}$B", "{\\rtf",
    ]

    @Test(arguments: units)
    func aMegabyteOf(_ unit: String) {
        let long = String(repeating: unit, count: 1_000_000 / unit.utf8.count)
        let folded = long.replacing("\r\n", with: "\r\n ")
        let mail = read(
            "From: \(folded)\r\nTo: \(folded)\r\nSubject: \(folded)\r\nReferences: \(folded)\r\nDate: \(folded)\r\n"
                + "Content-Type: multipart/mixed; boundary=bound; x=\(folded)\r\n\r\n--bound\r\nContent-Type: text/plain; name=\(folded)\r\n"
                + "Content-Disposition: attachment; filename=\(folded)\r\nContent-ID: \(folded)\r\n\r\nhello\r\n--bound--\r\n")
        #expect(mail.headers.allSatisfy { $0.value.utf8.count <= Self.limits.headerBytes * 3 })
        #expect(mail.attachments.allSatisfy { ($0.filename ?? "").utf8.count <= 255 })
        #expect(mail.to.count <= Self.limits.addresses)
        let body = read(Self.head + "\r\n" + long)
        #expect(body.subject == "x" && body.text.utf8.count <= Self.limits.bodyBytes)
    }
}
