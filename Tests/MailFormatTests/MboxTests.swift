import Foundation
import MailFormat
import Testing

@Suite struct MboxTests {
    private let date = Date(timeIntervalSince1970: 1_772_532_003)

    @Test func `what would begin the next mail is quoted, and can be unquoted`() {
        let mail = "Subject: x\r\n\r\nFrom here on\r\n>From there\r\n>>From both\r\nFromage\r\n> From afar\r\n"
        let entry = String(decoding: Mbox.entry(Array(mail.utf8), from: "ann@example.test", at: date), as: UTF8.self)
        let expected = """
            From ann@example.test Tue Mar 03 10:00:03 2026
            Subject: x

            >From here on
            >>From there
            >>>From both
            Fromage
            > From afar


            """
        #expect(entry == expected)
    }

    @Test(
        arguments: [
            ("", "MAILER-DAEMON"), ("\"two words\"@example.test", "\"twowords\"@example.test"),
            ("a\nFrom b@example.test", "aFromb@example.test"),
        ])
    func `a sender is one word of the first line`(sender: String, word: String) {
        let entry = String(decoding: Mbox.entry(Array("A: b\n\n".utf8), from: sender, at: date), as: UTF8.self)
        #expect(entry == "From \(word) Tue Mar 03 10:00:03 2026\nA: b\n\n\n")
    }
}
