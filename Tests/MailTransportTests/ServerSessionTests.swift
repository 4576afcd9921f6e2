import Foundation
import NIOCore
import Testing

@testable import MailTransport

private let hello = ServerInput.bytes("EHLO c.test\r\n")
private let mail = ServerInput.bytes("MAIL FROM:<a@x.test>\r\n")
private let recipient = ServerInput.bytes("RCPT TO:<b@y.test>\r\n")
private let data = ServerInput.bytes("DATA\r\n")
/// Up to 354, and what that gives.
private let toData: [ServerInput] = [hello, mail, recipient, .answer(.accept), data]
private let toDataActions = ["250", "250 2.1.0", "ask b@y.test", "250 2.1.5", "354"]
private let refused = SMTPReply(550, "5.1.1", "no")

private let commands: [ServerRow] = [
    ServerRow("EHLO", [hello], ["250"]),
    ServerRow("HELO", [.bytes("HELO c.test\r\n")], ["250"]),
    ServerRow("lower case", [.bytes("ehlo c.test\r\nmail from:<a@x.test>\r\n")], ["250", "250 2.1.0"]),
    ServerRow("EHLO without a name", [.bytes("EHLO\r\n")], ["501 5.5.4"]),
    ServerRow("EHLO with only spaces", [.bytes("EHLO   \r\n")], ["501 5.5.4"]),
    ServerRow("EHLO with a very long name", [.bytes("EHLO \(String(repeating: "a", count: 256))\r\n")], ["501 5.5.4"]),
    ServerRow("EHLO forgets the mail begun", [hello, mail, hello, recipient], ["250", "250 2.1.0", "250", "503 5.5.1"]),
    ServerRow("MAIL before EHLO", [mail], ["503 5.5.1"]),
    ServerRow("MAIL twice", [hello, mail, mail], ["250", "250 2.1.0", "503 5.5.1"]),
    ServerRow("null return path", [hello, .bytes("MAIL FROM:<>\r\n")], ["250", "250 2.1.0"]),
    ServerRow("space after the colon", [hello, .bytes("MAIL FROM: <a@x.test>\r\n")], ["250", "250 2.1.0"]),
    ServerRow("no angle brackets", [hello, .bytes("MAIL FROM:a@x.test\r\n")], ["250", "501 5.5.4"]),
    ServerRow("no FROM", [hello, .bytes("MAIL <a@x.test>\r\n")], ["250", "501 5.5.4"]),
    ServerRow("nothing after MAIL", [hello, .bytes("MAIL\r\n")], ["250", "501 5.5.4"]),
    ServerRow("unclosed bracket", [hello, .bytes("MAIL FROM:<a@x.test\r\n")], ["250", "501 5.5.4"]),
    ServerRow("sender without a domain", [hello, .bytes("MAIL FROM:<a>\r\n")], ["250", "501 5.1.7"]),
    ServerRow("sender postmaster", [hello, .bytes("MAIL FROM:<postmaster>\r\n")], ["250", "501 5.1.7"]),
    ServerRow("two at signs", [hello, .bytes("MAIL FROM:<a@b@x.test>\r\n")], ["250", "501 5.1.7"]),
    ServerRow("sender too long", [hello, .bytes("MAIL FROM:<\(String(repeating: "a", count: 513))@x.test>\r\n")], ["250", "501 5.1.7"]),
    ServerRow("SIZE", [hello, .bytes("MAIL FROM:<a@x.test> SIZE=1000\r\n")], ["250", "250 2.1.0"]),
    ServerRow("SIZE at the limit", [hello, .bytes("MAIL FROM:<a@x.test> SIZE=26214400\r\n")], ["250", "250 2.1.0"]),
    ServerRow(
        "SIZE over the limit is refused to those whom it would reach",
        [hello, .bytes("MAIL FROM:<a@x.test> SIZE=26214401\r\n"), recipient, .answer(.refuse(refused)), recipient, .answer(.accept), data],
        ["250", "250 2.1.0", "ask b@y.test", "550 5.1.1", "ask b@y.test", "552 5.3.4", "note 552 b@y.test", "554 5.5.1"]),
    ServerRow(
        "SIZE beyond all numbers",
        [hello, .bytes("MAIL FROM:<a@x.test> SIZE=99999999999999999999\r\n"), recipient, .answer(.accept)],
        ["250", "250 2.1.0", "ask b@y.test", "552 5.3.4", "note 552 b@y.test"]),
    ServerRow(
        "SIZE of the last mail is not the next one's",
        [hello, .bytes("MAIL FROM:<a@x.test> SIZE=26214401\r\nRSET\r\n"), mail, recipient, .answer(.accept)],
        ["250", "250 2.1.0", "250 2.0.0", "250 2.1.0", "ask b@y.test", "250 2.1.5"]),
    ServerRow("SIZE that is no number", [hello, .bytes("MAIL FROM:<a@x.test> SIZE=-1\r\n")], ["250", "501 5.5.4"]),
    ServerRow("SIZE empty", [hello, .bytes("MAIL FROM:<a@x.test> SIZE=\r\n")], ["250", "501 5.5.4"]),
    ServerRow("BODY=8BITMIME", [hello, .bytes("MAIL FROM:<a@x.test> BODY=8BITMIME\r\n")], ["250", "250 2.1.0"]),
    ServerRow("body=7bit", [hello, .bytes("MAIL FROM:<a@x.test> body=7bit\r\n")], ["250", "250 2.1.0"]),
    ServerRow("BODY=BINARYMIME", [hello, .bytes("MAIL FROM:<a@x.test> BODY=BINARYMIME\r\n")], ["250", "501 5.5.4"]),
    ServerRow("unknown parameter", [hello, .bytes("MAIL FROM:<a@x.test> RET=FULL\r\n")], ["250", "555 5.5.4"]),
    ServerRow("parameter after HELO", [.bytes("HELO c\r\nMAIL FROM:<a@x.test> SIZE=1\r\n")], ["250", "555 5.5.4"]),
    ServerRow("SMTPUTF8", [hello, .bytes("MAIL FROM:<ü@x.test> SMTPUTF8\r\n")], ["250", "250 2.1.0"]),
    ServerRow("SMTPUTF8 with a value", [hello, .bytes("MAIL FROM:<a@x.test> SMTPUTF8=1\r\n")], ["250", "501 5.5.4"]),
    ServerRow("other letters without SMTPUTF8", [hello, .bytes("MAIL FROM:<ü@x.test>\r\n")], ["250", "553 5.6.7"]),
    ServerRow(
        "recipient in other letters without SMTPUTF8", [hello, mail, .bytes("RCPT TO:<ü@x.test>\r\n")], ["250", "250 2.1.0", "553 5.6.7"]),
    ServerRow("RCPT before MAIL", [hello, recipient], ["250", "503 5.5.1"]),
    ServerRow("RCPT accepted", [hello, mail, recipient, .answer(.accept)], ["250", "250 2.1.0", "ask b@y.test", "250 2.1.5"]),
    ServerRow("RCPT refused", [hello, mail, recipient, .answer(.refuse(refused))], ["250", "250 2.1.0", "ask b@y.test", "550 5.1.1"]),
    ServerRow(
        "RCPT not now", [hello, mail, recipient, .answer(.tryAgain(SMTPReply(450, "4.2.1", "x")))],
        ["250", "250 2.1.0", "ask b@y.test", "450 4.2.1"]),
    ServerRow("RCPT, application fails", [hello, mail, recipient, .answer(nil)], ["250", "250 2.1.0", "ask b@y.test", "451 4.3.0"]),
    ServerRow("RCPT empty", [hello, mail, .bytes("RCPT TO:<>\r\n")], ["250", "250 2.1.0", "501 5.1.3"]),
    ServerRow("RCPT postmaster", [hello, mail, .bytes("RCPT TO:<Postmaster>\r\n")], ["250", "250 2.1.0", "ask Postmaster"]),
    ServerRow("RCPT without a domain", [hello, mail, .bytes("RCPT TO:<b>\r\n")], ["250", "250 2.1.0", "501 5.1.3"]),
    ServerRow(
        "RCPT with a source route", [hello, mail, .bytes("RCPT TO:<@r.test,@s.test:b@y.test>\r\n")], ["250", "250 2.1.0", "ask b@y.test"]),
    ServerRow("RCPT with only a source route", [hello, mail, .bytes("RCPT TO:<@r.test:>\r\n")], ["250", "250 2.1.0", "501 5.1.3"]),
    ServerRow(
        "RCPT percent is asked as written", [hello, mail, .bytes("RCPT TO:<v%w.test@y.test>\r\n")],
        ["250", "250 2.1.0", "ask v%w.test@y.test"]),
    ServerRow(
        "RCPT bang is asked as written", [hello, mail, .bytes("RCPT TO:<w.test!v@y.test>\r\n")],
        ["250", "250 2.1.0", "ask w.test!v@y.test"]),
    ServerRow(
        "RCPT quoted", [hello, mail, .bytes("RCPT TO:<\"a > \\\" b@c\"@y.test>\r\n")], ["250", "250 2.1.0", "ask \"a > \\\" b@c\"@y.test"]),
    ServerRow("RCPT with a quote inside", [hello, mail, .bytes("RCPT TO:<\"a\"b\"@y.test>\r\n")], ["250", "250 2.1.0", "501 5.5.4"]),
    ServerRow(
        "RCPT with an address literal", [hello, mail, .bytes("RCPT TO:<b@[IPv6:::1]>\r\n")], ["250", "250 2.1.0", "ask b@[IPv6:::1]"]),
    ServerRow("RCPT with parameters", [hello, mail, .bytes("RCPT TO:<b@y.test> NOTIFY=NEVER\r\n")], ["250", "250 2.1.0", "555 5.5.4"]),
    ServerRow(
        "RCPT with something glued on", [hello, mail, .bytes("RCPT TO:<b@y.test>,<c@y.test>\r\n")], ["250", "250 2.1.0", "501 5.1.3"]),
    ServerRow("DATA before MAIL", [hello, data], ["250", "503 5.5.1"]),
    ServerRow("DATA without recipients", [hello, mail, data], ["250", "250 2.1.0", "554 5.5.1"]),
    ServerRow(
        "DATA with an argument", [hello, mail, recipient, .answer(.accept), .bytes("DATA now\r\n")],
        ["250", "250 2.1.0", "ask b@y.test", "250 2.1.5", "501 5.5.4"]),
    ServerRow("RSET", [hello, mail, .bytes("RSET\r\n"), recipient], ["250", "250 2.1.0", "250 2.0.0", "503 5.5.1"]),
    ServerRow("NOOP, with words", [.bytes("NOOP hello there\r\n")], ["250 2.0.0"]),
    ServerRow("VRFY", [.bytes("VRFY bob\r\n")], ["252 2.1.5"]),
    ServerRow("EXPN", [.bytes("EXPN list\r\n")], ["502 5.5.1"]),
    ServerRow("HELP", [.bytes("HELP\r\n")], ["214 2.0.0"]),
    ServerRow("QUIT", [hello, .bytes("QUIT\r\nNOOP\r\n")], ["250", "221 2.0.0", "close"]),
    ServerRow("AUTH", [hello, .bytes("AUTH PLAIN AGEAYg==\r\n")], ["250", "502 5.5.1"]),
    ServerRow(
        "BDAT ends it: its bytes are no commands", [hello, mail, .bytes("BDAT 6 LAST\r\nRSET\r\n")],
        ["250", "250 2.1.0", "503 5.5.1", "close"]),
    ServerRow("a browser", [.bytes("POST / HTTP/1.1\r\nHost: x\r\n\r\nMAIL FROM:<a@x.test>\r\n")], ["554 5.7.0", "close"]),
    ServerRow("unknown command", [.bytes("XYZZY\r\n")], ["500 5.5.1"]),
    ServerRow("empty line", [hello, .bytes("\r\n")], ["250", "500 5.5.1"]),
    ServerRow("LHLO is LMTP's", [.bytes("LHLO c.test\r\n")], ["500 5.5.1"]),
    ServerRow("bare LF ends no command", [.bytes("NOOP\nNOOP\r\n")], ["500 5.5.2", "250 2.0.0"]),
    ServerRow("bare CR in a command", [.bytes("NOOP\rNOOP\r\n")], ["500 5.5.2"]),
    ServerRow("NUL in a command", [.bytes("NOOP \0\r\n")], ["500 5.5.2"]),
    ServerRow("no UTF-8", [.raw([0x4E, 0x4F, 0x4F, 0x50, 0x20, 0xFF, 0xFE, 0x0D, 0x0A])], ["500 5.5.2"]),
    ServerRow("a command in pieces", [.bytes("NO"), .bytes("OP\r"), .bytes("\n")], ["250 2.0.0"]),
    ServerRow("4,096 bytes are a command", [.bytes("NOOP \(String(repeating: "a", count: 4_089))\r\n")], ["250 2.0.0"]),
    ServerRow("4,097 bytes are none", [.bytes("NOOP \(String(repeating: "a", count: 4_090))\r\nNOOP\r\n")], ["500 5.5.2", "250 2.0.0"]),
    ServerRow(
        "a line without end, in pieces", (0..<5).map { _ in .bytes(String(repeating: "a", count: 3_000)) } + [.bytes("\r\nNOOP\r\n")],
        ["500 5.5.2", "250 2.0.0"]),
    ServerRow("timeout", [hello, .timeout], ["250", "421 4.4.2", "close"]),
    ServerRow(
        "timeout while the application works is none", [hello, mail, recipient, .timeout, .answer(.accept)],
        ["250", "250 2.1.0", "ask b@y.test", "250 2.1.5"]),
    ServerRow("shutdown", [hello, .shutDown], ["250", "421 4.3.2", "close"]),
    ServerRow(
        "shutdown while asking", [hello, mail, recipient, .shutDown, .answer(.accept)],
        ["250", "250 2.1.0", "ask b@y.test", "250 2.1.5", "421 4.3.2", "close"]),
    ServerRow("an answer that nobody asked for", [hello, .answer(.accept), .stored(.stored), .waited], ["250"]),
]

private let messages: [ServerRow] = [
    ServerRow("stored", toData + [.bytes("Hi\r\n.\r\n"), .stored(.stored)], toDataActions + ["store", "250 2.0.0"]),
    ServerRow("not now", toData + [.bytes("Hi\r\n.\r\n"), .stored(.tryLater)], toDataActions + ["store", "451 4.3.0"]),
    ServerRow("disk full", toData + [.bytes("Hi\r\n.\r\n"), .stored(.diskFull)], toDataActions + ["store", "452 4.3.1"]),
    ServerRow(
        "refused", toData + [.bytes("Hi\r\n.\r\n"), .stored(.refused(SMTPReply(554, "5.6.0", "x")))],
        toDataActions + ["store", "554 5.6.0"]),
    ServerRow("application fails", toData + [.bytes("Hi\r\n.\r\n"), .stored(nil)], toDataActions + ["store", "451 4.3.0"]),
    ServerRow("250 only after storing", toData + [.bytes("Hi\r\n.\r\nNOOP\r\n")], toDataActions + ["store"]),
    ServerRow(
        "the next mail on the same connection", toData + [.bytes("Hi\r\n.\r\n"), .stored(.stored), mail],
        toDataActions + ["store", "250 2.0.0", "250 2.1.0"]),
    ServerRow(
        "recipients do not stay", toData + [.bytes("Hi\r\n.\r\n"), .stored(.stored), mail, data],
        toDataActions + ["store", "250 2.0.0", "250 2.1.0", "554 5.5.1"]),
    ServerRow("timeout in the middle", toData + [.bytes("Hi\r\n"), .timeout], toDataActions + ["421 4.4.2", "close"]),
    ServerRow("shutdown in the middle", toData + [.bytes("Hi\r\n"), .shutDown], toDataActions + ["421 4.3.2", "close"]),
    ServerRow(
        "shutdown while storing answers first", toData + [.bytes("Hi\r\n.\r\n"), .shutDown, .stored(.stored)],
        toDataActions + ["store", "250 2.0.0", "421 4.3.2", "close"]),
    ServerRow("commands inside a mail are content", toData + [.bytes("QUIT\r\nRSET\r\n.\r\n")], toDataActions + ["store"]),
    ServerRow(
        "a mail at once behind DATA", [hello, mail, recipient, .answer(.accept), .bytes("DATA\r\nHi\r\n.\r\nQUIT\r\n"), .stored(.stored)],
        ["250", "250 2.1.0", "ask b@y.test", "250 2.1.5", "354", "store", "250 2.0.0", "221 2.0.0", "close"]),
    ServerRow(
        "all pipelined, two recipients, one refused",
        [
            .bytes("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nRCPT TO:<c@y.test>\r\nDATA\r\n"), .answer(.refuse(refused)),
            .answer(.accept), .bytes("Hi\r\n.\r\nQUIT\r\n"), .stored(.stored),
        ],
        ["250", "250 2.1.0", "ask b@y.test", "550 5.1.1", "ask c@y.test", "250 2.1.5", "354", "store", "250 2.0.0", "221 2.0.0", "close"]),
    ServerRow(
        "all pipelined, all refused: the text is not taken for a mail",
        [.bytes("EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n"), .answer(.refuse(refused))],
        ["250", "250 2.1.0", "ask b@y.test", "550 5.1.1", "554 5.5.1"]),
]

private let encryption: [ServerRow] = [
    ServerRow("STARTTLS", [hello, .bytes("STARTTLS\r\n"), .tls, hello], ["250", "220 2.0.0", "tls", "250"]),
    ServerRow("STARTTLS with an argument", [hello, .bytes("STARTTLS now\r\n")], ["250", "501 5.5.4"]),
    ServerRow("STARTTLS twice", [hello, .bytes("STARTTLS\r\n"), .tls, .bytes("STARTTLS\r\n")], ["250", "220 2.0.0", "tls", "503 5.5.1"]),
    ServerRow("what came before is forgotten", [hello, .bytes("STARTTLS\r\n"), .tls, mail], ["250", "220 2.0.0", "tls", "503 5.5.1"]),
    ServerRow(
        "the mail begun is forgotten", [hello, mail, .bytes("STARTTLS\r\n"), .tls, hello, recipient],
        ["250", "250 2.1.0", "220 2.0.0", "tls", "250", "503 5.5.1"]),
    ServerRow(
        "what is pipelined behind STARTTLS is never run",
        [hello, .bytes("STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@x.test>\r\n"), .tls, .bytes("NOOP\r\n")],
        ["250", "220 2.0.0", "tls", "250 2.0.0"]),
    ServerRow(
        "what comes in the clear before the handshake ends is never run",
        [hello, .bytes("STARTTLS\r\n"), .bytes("EHLO evil\r\n"), .tls, mail],
        ["250", "220 2.0.0", "tls", "503 5.5.1"]),
    ServerRow(
        "half a command before STARTTLS stays outside", [hello, .bytes("STARTTLS\r\nMAIL FR"), .tls, .bytes("OM:<a@x.test>\r\n")],
        ["250", "220 2.0.0", "tls", "500 5.5.1"]),
    ServerRow("handshake too slow", [hello, .bytes("STARTTLS\r\n"), .timeout], ["250", "220 2.0.0", "tls", "close"]),
]

@Suite struct ServerSessionTests {
    @Test("Commands", arguments: commands) func commandRow(_ row: ServerRow) {
        #expect(play(row.inputs).actions == row.expected)
    }

    @Test("Messages", arguments: messages) func messageRow(_ row: ServerRow) {
        #expect(play(row.inputs).actions == row.expected)
    }

    @Test("Encryption", arguments: encryption) func encryptionRow(_ row: ServerRow) {
        #expect(play(row.inputs).actions == row.expected)
    }

    @Test func noCertificateNoStartTLS() {
        #expect(play([.bytes("EHLO c\r\nSTARTTLS\r\n")], offersTLS: false).actions == ["250", "502 5.5.1"])
    }

    @Test func whatIsOffered() {
        func offered(tls: Bool, encrypted: Bool) -> [String] {
            var session = SMTPServerSession(settings: SMTPServerSettings(hostname: "mail.test"), offersTLS: tls)
            _ = session.next()
            if encrypted { session.tlsEstablished("TLSv1.3") }
            session.receive(ByteBuffer(string: "EHLO c\r\n"))
            guard case .reply(let reply) = session.next() else { return [] }
            return reply.lines
        }
        let always = ["mail.test", "PIPELINING", "SIZE 26214400", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
        #expect(offered(tls: false, encrypted: false) == always)
        #expect(offered(tls: true, encrypted: false) == always + ["STARTTLS"])
        #expect(offered(tls: true, encrypted: true) == always)
    }

    @Test func aHundredRecipientsAndNotOneMore() {
        var inputs: [ServerInput] = [hello, mail]
        for number in 1...101 {
            inputs.append(.bytes("RCPT TO:<r\(number)@y.test>\r\n"))
            inputs.append(.answer(.accept))
        }
        inputs += [data, .bytes("Hi\r\n.\r\n")]
        let played = play(inputs)
        #expect(played.actions.filter { $0 == "250 2.1.5" }.count == 100)
        #expect(played.actions.suffix(3) == ["452 4.5.3", "354", "store"])
        #expect(played.envelopes.first?.recipients.count == 100)
    }

    @Test func tooManyErrorsInARowEndIt() {
        let twenty = play((0..<20).map { _ in .bytes("WHAT\r\n") }).actions
        #expect(twenty == Array(repeating: "500 5.5.1", count: 20) + ["421 4.7.0", "close"])
        // Something that works begins the count anew.
        let inputs = (0..<19).map { _ in ServerInput.bytes("WHAT\r\n") } + [hello, mail, recipient, .answer(.accept), .bytes("WHAT\r\n")]
        #expect(play(inputs).actions.last == "500 5.5.1")
    }

    @Test func refusedRecipientsCountAsErrors() {
        let inputs = [hello, mail] + (0..<20).flatMap { _ in [recipient, ServerInput.answer(.refuse(refused))] }
        #expect(play(inputs).actions.suffix(2) == ["421 4.7.0", "close"])
    }

    @Test func idlingDoesNotGoOnForEver() {
        let actions = play((0...100).map { _ in .bytes("NOOP\r\n") }).actions
        #expect(actions.count == 102)
        #expect(actions.suffix(2) == ["421 4.7.0", "close"])
    }

    @Test func guessingGetsSlow() {
        var inputs: [ServerInput] = [hello, mail]
        for _ in 0..<5 { inputs += [recipient, .answer(.refuse(refused)), .waited] }
        let waits = play(inputs) { $0.refusalDelay = SMTPServerSettings.growingDelay }.actions.filter { $0.hasPrefix("wait") }
        #expect(waits == ["wait 500", "wait 1000", "wait 2000"])
        #expect(SMTPServerSettings.growingDelay(1_000_000) == .seconds(8))
    }

    @Test func aRefusalIsOnlySaidAfterItsWait() {
        let inputs: [ServerInput] = [hello, mail, recipient, .answer(.refuse(refused)), .bytes("NOOP\r\n")]
        let before = play(inputs) { $0.refusalDelay = { _ in .seconds(1) } }.actions
        #expect(before.last == "wait 1000")
        let after = play(inputs + [.waited]) { $0.refusalDelay = { _ in .seconds(1) } }.actions
        #expect(after.suffix(3) == ["wait 1000", "550 5.1.1", "250 2.0.0"])
    }

    @Test func theEnvelopeSaysWhatTheConversationSaid() throws {
        let played = play([
            hello, .bytes("STARTTLS\r\n"), .tls, .bytes("EHLO real.test\r\nMAIL FROM:<ü@x.test> SMTPUTF8 SIZE=3\r\nRCPT TO:<b@y.test>\r\n"),
            .answer(.accept), .bytes("DATA\r\nHi\r\n.\r\n"),
        ])
        let envelope = try #require(played.envelopes.first)
        #expect(
            envelope
                == InboundEnvelope(
                    sender: "ü@x.test", recipients: ["b@y.test"], remoteAddress: "192.0.2.1", helo: "real.test", tls: "TLSv1.3",
                    smtpUTF8: true, receivedAt: Date(timeIntervalSince1970: 1_700_000_000), id: "ID"))
    }

    @Test func theSessionHoldsItsReaderBack() {
        var session = play(toData + [.bytes("Hi\r\n.\r\n")]).session
        #expect(session.wantsBytes)
        session.receive(ByteBuffer(repeating: UInt8(ascii: "a"), count: 70_000))
        #expect(!session.wantsBytes)
    }
}
