import Foundation
import Testing

@testable import MailFormat

/// Mails that are made to cost time, memory or stack. Doubling the input may about double the time; the counts here are small enough for every run.
@Suite(.serialized) struct BoundsTests {
    static let head = "From: a@b.test\r\nSubject: x\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"

    private func read(_ text: String) -> ParsedMail { MailReader().read(Array(text.utf8)) }

    @Test func depth() {
        let nested = (0..<20_000).map { "Content-Type: multipart/mixed; boundary=b\($0)\r\n\r\n--b\($0)\r\n" }.joined()
        let mail = read(Self.head + nested + "Content-Type: text/plain\r\n\r\ninside\r\n")
        #expect(mail.subject == "x")
        #expect(mail.defects.contains { $0.contains("than are read") })
        let messages = read(Self.head + String(repeating: "Content-Type: message/rfc822\r\n\r\n", count: 20_000) + "\r\nx")
        #expect(messages.subject == "x")
    }

    @Test func manyHeaders() {
        let mail = read(Self.head + (0..<50_000).map { "X-\($0): y\r\n" }.joined() + "\r\nhello\r\n")
        #expect(mail.subject == "x")
        #expect(mail.headers.count <= MailReader.Limits().keptHeaders)
        #expect(!mail.defects.isEmpty)
    }

    @Test func manyParts() {
        let mail = read(
            Self.head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + String(repeating: "--b\r\nContent-Type: application/x\r\n\r\nx\r\n", count: 50_000) + "--b--\r\n")
        #expect(mail.attachments.count <= MailReader.Limits().parts)
        #expect(mail.defects.contains { $0.contains("than are read") })
    }

    @Test func oneLongHeader() {
        let mail = read("X-Big: " + String(repeating: "a", count: 5_000_000) + "\r\n" + Self.head + "\r\nhello\r\n")
        #expect(mail.subject == "x")
        #expect(mail.headers.allSatisfy { $0.value.utf8.count <= MailReader.Limits().headerBytes })
    }

    @Test func manyRecipients() {
        let mail = read(
            Self.head + "To: " + (0..<20_000).map { "Name \($0) <u\($0)@example.test>" }.joined(separator: ",\r\n ") + "\r\n\r\nhello\r\n")
        #expect(mail.to.count == MailReader.Limits().addresses)
        #expect(mail.text.hasPrefix("hello"))
    }

    static let units = [
        "<div>", "<a href=\"", "\"", "&#", "&", "<", "<!--", "<blockquote>", "</p>", "<p><span>", "<script>", "begin 644 x\r\n",
        "=?utf-8?q?a", "(", "<ol><li>", "<td style='",
    ]

    /// Each unit repeated to 40 kB is read, made text and made safe within seconds: anything quadratic would take minutes.
    @Test(arguments: units)
    func repeated(_ unit: String) {
        let body = String(repeating: unit, count: 40_000 / unit.utf8.count)
        let begun = ContinuousClock.now
        let html = read(Self.head + "Content-Type: text/html; charset=utf-8\r\n\r\n" + body)
        _ = SafeHTML().clean(html.html ?? "")
        _ = read(Self.head + "\r\n" + body)
        _ = read("From: " + body + "\r\nTo: " + body + "\r\nSubject: " + body + "\r\nContent-Type: text/plain; " + body + "\r\n\r\n")
        #expect(ContinuousClock.now - begun < .seconds(30))
    }
}
