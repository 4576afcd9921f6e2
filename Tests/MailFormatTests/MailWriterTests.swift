import Foundation
import Testing

@testable import MailFormat

@Suite struct MailWriterTests {
    static let date = Date(timeIntervalSince1970: 1_772_532_000)

    static func mail(
        subject: String = "Kettle", text: String = "The lid is on its way.\n", html: String? = nil, attachments: [OutgoingAttachment] = []
    ) -> OutgoingMail {
        OutgoingMail(
            from: MailAddress(name: "Sam at Kiln", address: "support@kiln.test"),
            to: [MailAddress(name: "Ada Brook", address: "ada@brook.test")], subject: subject, date: date,
            messageID: "out-1@kiln.test", text: text, html: html,
            replyTo: [MailAddress(name: "Kiln", address: "reply+0123456789abcdef0123456789abcdef@reply.kiln.test")],
            inReplyTo: ["m1@brook.test"], references: ["m0@brook.test", "m1@brook.test"], attachments: attachments)
    }

    static let texts = [
        "plain\n", "Grüße aus Köln\n", "水壶漏水，请更换。\n", "trailing space \nand\ttab\t\n", "From the start\n.\n..\n",
        String(repeating: "long ", count: 400) + "\n",
        String(repeating: "x", count: 3000) + "\n", "=_boundary-like\n--=_x\n", "one\n\n\n\ntwo\n", "emoji 👩‍👩‍👧 🇳🇱\n", "=\n", "a=3D\n",
        "no end of line",
    ]

    @Test(arguments: texts)
    func textComesBackAsItWas(_ text: String) throws {
        let read = MailReader().read(try MailWriter.write(Self.mail(text: text)))
        #expect(read.text == text)
        #expect(read.defects == [])
        let both = MailReader().read(try MailWriter.write(Self.mail(text: text, html: "<p>\(text.escapedForHTML())</p>")))
        #expect(both.text == text)
    }

    static let subjects = [
        "Kettle", "", "Grüße, “Ada”", String(repeating: "very long subject ", count: 40), "水壶" + String(repeating: "漏水", count: 60),
        "=?utf-8?q?not_encoded?=", "a  b", String(repeating: "y", count: 1500),
    ]

    @Test(arguments: subjects)
    func headersComeBackAsTheyWere(_ subject: String) throws {
        let read = MailReader().read(try MailWriter.write(Self.mail(subject: subject)))
        #expect(read.subject == subject.foldingWhiteSpace())
        #expect(read.from == MailAddress(name: "Sam at Kiln", address: "support@kiln.test"))
        #expect(read.to == [MailAddress(name: "Ada Brook", address: "ada@brook.test")])
        #expect(read.replyTo.map(\.address) == ["reply+0123456789abcdef0123456789abcdef@reply.kiln.test"])
        #expect(read.messageID == "out-1@kiln.test")
        #expect(read.inReplyTo == ["m1@brook.test"])
        #expect(read.references == ["m0@brook.test", "m1@brook.test"])
        #expect(read.date == Self.date)
    }

    @Test(arguments: [
        "Sam", "Sam, at Kiln", "Sam \"the\" \\ Miller", "Søren Ølgård", "サム", "a@b", "(x)", String(repeating: "long name ", count: 30),
    ])
    func displayNamesComeBackAsTheyWere(_ name: String) throws {
        var mail = Self.mail()
        mail.from.name = name
        #expect(
            MailReader().read(try MailWriter.write(mail)).from == MailAddress(name: name.foldingWhiteSpace(), address: "support@kiln.test"))
    }

    @Test func attachmentsComeBackAsTheyWere() throws {
        let picture = OutgoingAttachment(
            filename: "logo.png", contentType: "image/png", bytes: Data([1, 2, 3, 0, 255]), contentID: "logo@kiln.test", inline: true)
        let names = ["bill.pdf", "Rechnung März \"neu\".pdf", String(repeating: "ein langer Name ü ", count: 10) + ".txt", "発注書.xlsx"]
        let files = names.map {
            OutgoingAttachment(
                filename: $0, contentType: "application/pdf", bytes: Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }))
        }
        let bytes = try MailWriter.write(Self.mail(html: "<img src=\"cid:logo@kiln.test\">", attachments: [picture] + files))
        let read = MailReader().read(bytes)
        #expect(read.attachments.map(\.filename) == ["logo.png"] + names.map { FileName.clean($0) })
        #expect(read.attachments.map(\.bytes) == [picture.bytes] + files.map(\.bytes))
        #expect(read.attachments[0].inline && read.attachments[0].contentID == "logo@kiln.test")
        #expect(read.text == "The lid is on its way.\n")
    }

    /// Lines of at most 998 bytes, CRLF alone ends them, and no byte is above 127 (RFC 5322 §2.1.1, RFC 2045 §2.7).
    @Test(arguments: texts) func linesAreShort(_ text: String) throws {
        let bytes = try MailWriter.write(
            Self.mail(
                subject: String(repeating: "ü", count: 300), text: text, html: text,
                attachments: [OutgoingAttachment(filename: text, contentType: "x/y", bytes: Data(text.utf8))]))
        #expect(bytes.allSatisfy { $0 < 0x80 })
        var length = 0
        var last: UInt8 = 0
        for byte in bytes {
            if byte == 0x0A { #expect(last == 0x0D) }
            if last == 0x0D { #expect(byte == 0x0A) }
            length = byte == 0x0A ? 0 : length + 1
            #expect(length <= 80)
            last = byte
        }
    }

    static let injections = [
        "a\r\nBcc: x@evil.test", "a\nBcc: x@evil.test", "a\r\n\r\nbody", "a\rBcc: x@evil.test", "\0\r\nBcc: x@evil.test",
        "a\u{2028}Bcc: x@evil.test",
    ]

    @Test(arguments: injections)
    func nothingAddsAHeader(_ text: String) throws {
        var mail = Self.mail(subject: text)
        mail.from.name = text
        mail.headers = [
            MailHeader(name: "X-Note", value: text), MailHeader(name: "List-Unsubscribe", value: "<https://kiln.test/u?\(text)>"),
        ]
        mail.attachments = [OutgoingAttachment(filename: text, contentType: "text/plain; \(text)", bytes: Data(), contentID: text)]
        let read = MailReader().read(try MailWriter.write(mail))
        #expect(read.header(named: "Bcc") == nil)
        #expect(read.text == "The lid is on its way.\n")
        for field in [\OutgoingMail.messageID] {
            var bad = Self.mail()
            bad[keyPath: field] = text
            #expect(throws: MailWriterError.self) { try MailWriter.write(bad) }
        }
        var bad = Self.mail()
        bad.to = [MailAddress(address: "a@b.test" + text)]
        #expect(throws: MailWriterError.self) { try MailWriter.write(bad) }
        bad = Self.mail()
        bad.headers = [MailHeader(name: "X" + text, value: "1")]
        #expect(throws: MailWriterError.self) { try MailWriter.write(bad) }
    }

    @Test(arguments: ["Bcc", "From", "Content-Type", "MIME-Version", "", "A B", "A:", "Ünï"])
    func someHeadersCannotBeAdded(_ name: String) {
        var mail = Self.mail()
        mail.headers = [MailHeader(name: name, value: "x")]
        #expect(throws: MailWriterError.headerName(name)) { try MailWriter.write(mail) }
    }
}
