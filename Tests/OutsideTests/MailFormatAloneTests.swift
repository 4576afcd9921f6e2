import Foundation
import MailFormat
import Testing

/// `MailFormat` as another package uses it: by its public interface alone, without the rest of the house.
@Suite struct MailFormatAloneTests {
    private let ada = MailAddress(name: "Ada Brook", address: "ada@brook.test")

    private func written() throws -> [UInt8] {
        try MailWriter.write(
            OutgoingMail(
                from: ada, to: [MailAddress(address: "support@kiln.test")], subject: "Kettle 🫖",
                date: Date(timeIntervalSince1970: 1_772_532_000), messageID: "m1@brook.test", text: "It leaks.\n",
                html: "<p>It <b>leaks</b>. <img src=\"cid:p1@brook.test\"></p>", cc: [MailAddress(address: "bo@brook.test")],
                replyTo: [ada], inReplyTo: ["m0@kiln.test"], references: ["m0@kiln.test"],
                headers: [MailHeader(name: "Auto-Submitted", value: "no")],
                attachments: [
                    OutgoingAttachment(
                        filename: "kettle.png", contentType: "image/png", bytes: Data([1, 2, 3]), contentID: "p1@brook.test", inline: true)
                ]))
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let bytes = try written()
        let mail = MailReader().read(bytes)
        #expect(mail.from == ada && mail.replyTo == [ada])
        #expect(mail.to.map(\.key) == ["support@kiln.test"] && mail.cc.map(\.domain) == ["brook.test"])
        #expect(mail.subject == "Kettle 🫖" && mail.date == Date(timeIntervalSince1970: 1_772_532_000))
        #expect(mail.messageID == "m1@brook.test" && mail.inReplyTo == ["m0@kiln.test"] && mail.references == ["m0@kiln.test"])
        #expect(mail.header(named: "auto-submitted") == "no" && mail.headers(named: "Received") == [])
        #expect(mail.text == "It leaks.\n" && !mail.textIsFromHTML)
        #expect(mail.attachments.map(\.filename) == ["kettle.png"] && mail.attachments.first?.size == 3)
        #expect(mail.attachments.first?.inline == true && mail.attachments.first?.sha256.utf8.count == 64)
        #expect(mail.defects == [] && mail.report == nil && mail.invitation == nil && mail.sender == nil)
        #expect(MailReader().read(Data(bytes)) == mail)
        #expect(bytes.withUnsafeBytes { MailReader().read($0) } == mail)
        #expect(try JSONDecoder().decode(ParsedMail.self, from: JSONEncoder().encode(mail)) == mail)
    }

    @Test func limitsAreTheCallers() throws {
        var limits = MailReader.Limits()
        limits.bodyBytes = 4
        let mail = MailReader(limits: limits).read(try written())
        #expect(mail.text == "It l" && !mail.defects.isEmpty)
    }

    @Test func whatCannotBeWrittenIsNamed() {
        let mail = OutgoingMail(
            from: MailAddress(address: "no address"), to: [], subject: "", date: .now, messageID: "m1@brook.test", text: "")
        #expect(throws: MailWriterError.address("no address")) { try MailWriter.write(mail) }
    }

    @Test func addresses() {
        #expect(MailAddress("Ada Brook <ada@BROOK.test>") == ada)
        #expect(MailAddress.list("a@b.test, C <c@d.test>", limit: 1).map(\.address) == ["a@b.test"])
        #expect(MailAddress.normalise(" Ada@BROOK.test ") == "Ada@brook.test" && MailAddress.normalise("ada") == nil)
        #expect(ada.localPart == "ada" && ada.key == "ada@brook.test")
    }

    @Test func bounces() {
        let mail = MailReader().read(
            Array(
                """
                From: MAILER-DAEMON@kiln.test
                Subject: Undelivered
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.kiln.test

                Final-Recipient: rfc822; ada@brook.test
                Action: failed
                Status: 5.1.1

                --b--
                """.utf8))
        #expect(mail.report?.kind == .delivery && mail.report?.recipients.first?.status == "5.1.1")
        let failure = mail.report?.failures.first
        #expect(failure?.recipient == "ada@brook.test" && failure?.isPermanent == true)
        #expect(failure?.sentence == "The mail to ada@brook.test could not be delivered: the address does not exist.")
    }

    @Test func htmlIsMadeSafeAndReadable() {
        let html = "<p onclick=x>Hello<script>x</script> <img src=\"https://t.test/a.png\"><img src=\"cid:p1\"></p><hr><p>Earlier</p>"
        #expect(HTMLText.text(of: html) == "Hello\n\nEarlier")
        #expect(SafeHTML().clean(html) == "<p>Hello <img><img></p><hr><p>Earlier</p>")
        let result = SafeHTML(remoteImages: true, attached: .at(["p1": "/files/1"])).cleaned(html, newText: "Hello", byteLimit: 10_000)
        #expect(result.remoteImages == 1 && result.blockedRemoteImages == 0 && !result.hasColours)
        #expect(result.html.contains("src=\"/files/1\"") && result.newBytes != nil)
        #expect(ClearSignedText.plain("Hello") == "Hello")
    }
}
