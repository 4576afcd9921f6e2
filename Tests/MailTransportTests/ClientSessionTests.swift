import NIOCore
import Testing

@testable import MailTransport

private let plain = SMTPRelay(host: "mail.test", port: 25, encryption: .none)
private let credentials = SMTPRelay.Credentials(user: "user", password: "secret")
private let mail = SMTPClientSession.Mail(envelope: OutboundEnvelope(sender: "a@x.test", recipients: ["b@y.test"]), bytes: 100)
private let two = SMTPClientSession.Mail(envelope: OutboundEnvelope(sender: nil, recipients: ["b@y.test", "c@y.test"]), bytes: 100)

private let opening: [ClientInput] = [.says("220 mail.test"), .says("250 mail.test")]
private let opened = ["> EHLO c.test", "ready"]
private let from = "> MAIL FROM:<a@x.test>"
private let to = "> RCPT TO:<b@y.test>"
private let toBody: [ClientInput] = opening + [.begin(mail), .says("250 ok"), .says("250 ok"), .says("354 go")]
private let toBodyActions = opened + [from, to, "> DATA", "body"]
private let toDot: [ClientInput] = toBody + [.bodySent, .finalDot]
private let toDotActions = toBodyActions + ["> ."]

/// Each stage, and what has been said and done before its answer comes.
private let stages: [(name: String, stage: SendStage, before: [ClientInput], actions: [String])] = [
    ("greeting", .greeting, [], []),
    ("EHLO", .hello, [.says("220 x")], ["> EHLO c.test"]),
    ("MAIL", .sender, opening + [.begin(mail)], opened + [from]),
    ("RCPT", .recipient, opening + [.begin(mail), .says("250 ok")], opened + [from, to]),
    ("DATA", .data, opening + [.begin(mail), .says("250 ok"), .says("250 ok")], opened + [from, to, "> DATA"]),
    ("body", .body, toBody, toBodyActions),
    ("final dot", .finalDot, toDot, toDotActions),
]

/// What each stage makes of a reply or an event, for those where the connection ends as well as those where it goes on.
private let verdicts: [ClientRow] = stages.flatMap { name, stage, before, actions in
    // Whatever is unclear after the final dot is uncertain; before it, it is certain that nothing was taken.
    let unclear = stage == .finalDot ? "uncertain" : "temporary \(stage) words"
    let ends = [.greeting, .hello, .body].contains(stage)
    func end(_ actions: [String]) -> [String] { ends ? actions + ["close"] : actions }
    var rows = [
        ClientRow("\(name): 4xx", before + [.says("451 later")], actions + end(["temporary \(stage) 451"])),
        ClientRow("\(name): 421 closes", before + [.says("421 closing")], actions + ["temporary \(stage) 421", "close"]),
        ClientRow("\(name): lost", before + [.lost], actions + [unclear, "close"]),
        ClientRow("\(name): garbage", before + [.says("Hello there!")], actions + [unclear, "close"]),
        ClientRow("\(name): a code that is none", before + [.says("999 x")], actions + [unclear, "close"]),
        ClientRow("\(name): out of place", before + [.says("334 x")], actions + [unclear, "close"]),
        ClientRow("\(name): binary", before + [.raw("\u{16}\u{03}\u{01}\0\n")], actions + [unclear, "close"]),
        ClientRow("\(name): lines without end", before + (0..<201).map { _ in .says("250-x") }, actions + [unclear, "close"]),
        ClientRow("\(name): a line without end", before + [.raw(String(repeating: "2", count: 5_000))], actions + [unclear, "close"]),
        ClientRow("\(name): two codes in one reply", before + [.says("250-x\r\n550 x")], actions + [unclear, "close"]),
        ClientRow("\(name): timeout", before + [.timeout], actions + [unclear, "close"]),
    ]
    switch stage {
    case .greeting: rows.append(ClientRow("\(name): 5xx", before + [.says("554 no")], ["relayFault greeting 554", "close"]))
    case .hello: rows.append(ClientRow("\(name): 5xx", before + [.says("502 no"), .says("250 x")], actions + ["> HELO c.test", "ready"]))
    default: rows.append(ClientRow("\(name): 5xx", before + [.says("550 no")], actions + end(["permanent \(stage) 550"])))
    }
    return rows
}

private let mails: [ClientRow] = [
    ClientRow("accepted", toDot + [.says("250 2.0.0 queued")], toDotActions + ["accepted 250"]),
    ClientRow("a reply in pieces", toDot + [.raw("25"), .raw("0-a\r\n250"), .raw(" b\r\n")], toDotActions + ["accepted 250"]),
    ClientRow("a second mail", toDot + [.says("250 x"), .begin(mail)], toDotActions + ["accepted 250", from]),
    ClientRow("the dot waits for its word", toBody + [.bodySent], toBodyActions),
    ClientRow("no dot before the text is out", toBody + [.finalDot], toBodyActions),
    ClientRow(
        "abandoned: no dot", toBody + [.bodySent, .abandon, .finalDot], toBodyActions + ["temporary beforeFinalDot words", "close"]),
    ClientRow(
        "lost before the dot is certain", toBody + [.bodySent, .lost, .finalDot],
        toBodyActions + ["temporary beforeFinalDot words", "close"]),
    ClientRow(
        "an answer before the dot is no answer to it", toBody + [.bodySent, .says("250 ok"), .finalDot],
        toBodyActions + ["temporary beforeFinalDot words", "close"]),
    ClientRow(
        "an answer behind 354 is no answer to the dot",
        opening + [.begin(mail), .says("250 ok"), .says("250 ok"), .says("354 go\r\n250 ok")],
        toBodyActions + ["temporary body words", "close"]),
    ClientRow(
        "MAIL refused, next mail at once", opening + [.begin(mail), .says("550 no"), .begin(mail)],
        opened + [from, "permanent sender 550", from]),
    ClientRow(
        "RCPT refused, RSET before the next", opening + [.begin(mail), .says("250 ok"), .says("550 no"), .begin(mail), .says("250 reset")],
        opened + [from, to, "permanent recipient 550", "> RSET", from]),
    ClientRow(
        "one of two refused",
        opening + [.begin(two), .says("250 ok"), .says("550 no"), .says("250 ok"), .says("354 go"), .bodySent, .finalDot, .says("250 ok")],
        opened + ["> MAIL FROM:<>", to, "> RCPT TO:<c@y.test>", "> DATA", "body", "> .", "accepted 250 b@y.test"]),
    ClientRow(
        "both refused, one for now", opening + [.begin(two), .says("250 ok"), .says("550 no"), .says("450 later")],
        opened + ["> MAIL FROM:<>", to, "> RCPT TO:<c@y.test>", "temporary recipient 450"]),
    ClientRow(
        "530 is about us", opening + [.begin(mail), .says("530 5.7.0 sign in")], opened + [from, "relayFault authentication 530", "close"]),
    ClientRow("421 while idle", opening + [.says("421 bye")], opened + ["close"]),
    ClientRow("lost while idle", opening + [.lost], opened + ["close"]),
    ClientRow("nothing on a closed connection", opening + [.lost, .begin(mail), .says("250 x")], opened + ["close"]),
    ClientRow("QUIT", opening + [.quit, .says("221 bye")], opened + ["> QUIT", "close"]),
    ClientRow(
        "an address that breaks out",
        opening + [.begin(SMTPClientSession.Mail(envelope: OutboundEnvelope(sender: nil, recipients: ["b@y.test>\r\nRSET"]), bytes: 1))],
        opened + ["permanent sender words"]),
    ClientRow(
        "no recipient", opening + [.begin(SMTPClientSession.Mail(envelope: OutboundEnvelope(sender: nil, recipients: []), bytes: 1))],
        opened + ["permanent sender words"]),
    ClientRow(
        "other letters, no SMTPUTF8",
        opening + [.begin(SMTPClientSession.Mail(envelope: OutboundEnvelope(sender: nil, recipients: ["ü@y.test"]), bytes: 1))],
        opened + ["permanent sender words"]),
    ClientRow(
        "other letters",
        [
            .says("220 x"), .says("250-x\r\n250 SMTPUTF8"),
            .begin(SMTPClientSession.Mail(envelope: OutboundEnvelope(sender: nil, recipients: ["ü@y.test"]), bytes: 1)),
        ], opened + ["> MAIL FROM:<> SMTPUTF8"]),
    ClientRow(
        "SIZE is told", [.says("220 x"), .says("250-x\r\n250 SIZE 100"), .begin(mail)], opened + ["> MAIL FROM:<a@x.test> SIZE=100"]),
    ClientRow(
        "too large for the server", [.says("220 x"), .says("250-x\r\n250 SIZE 99"), .begin(mail)], opened + ["permanent sender words"]),
    ClientRow(
        "SIZE 0 is no limit", [.says("220 x"), .says("250-x\r\n250 SIZE 0"), .begin(mail)], opened + ["> MAIL FROM:<a@x.test> SIZE=100"]),
    ClientRow(
        "8BITMIME",
        [
            .says("220 x"), .says("250-x\r\n250 8BITMIME"),
            .begin(SMTPClientSession.Mail(envelope: mail.envelope, bytes: 1, isEightBit: true)),
        ], opened + ["> MAIL FROM:<a@x.test> BODY=8BITMIME"]),
]

private let piped: [ClientInput] = [.says("220 x"), .says("250-x\r\n250 PIPELINING")]
private let pipelining: [ClientRow] = [
    ClientRow("all at once", piped + [.begin(mail), .says("250 a\r\n250 b\r\n354 c")], opened + [from, to, "> DATA", "body"]),
    ClientRow(
        "MAIL refused: the other answers come in first",
        piped + [.begin(mail), .says("550 a"), .says("503 b"), .says("503 c"), .begin(mail)],
        opened + [from, to, "> DATA", "permanent sender 550", "> RSET", from, to, "> DATA"]),
    ClientRow(
        "RCPT refused, DATA too", piped + [.begin(mail), .says("250 a\r\n550 b\r\n554 c")],
        opened + [from, to, "> DATA", "permanent recipient 550"]),
    ClientRow(
        "RCPT refused, DATA granted: an empty mail to nobody", piped + [.begin(mail), .says("250 a\r\n550 b\r\n354 c"), .says("554 d")],
        opened + [from, to, "> DATA", "> .", "permanent recipient 550"]),
    ClientRow(
        "lost in the empty mail", piped + [.begin(mail), .says("250 a\r\n550 b\r\n354 c"), .lost],
        opened + [from, to, "> DATA", "> .", "temporary data words", "close"]),
    ClientRow(
        "DATA refused", piped + [.begin(mail), .says("250 a\r\n250 b\r\n452 c")], opened + [from, to, "> DATA", "temporary data 452"]),
]

private func relay(_ encryption: SMTPRelay.Encryption, _ credentials: SMTPRelay.Credentials? = nil) -> SMTPRelay {
    SMTPRelay(host: "mail.test", port: 587, encryption: encryption, credentials: credentials)
}
private let greeted = ClientInput.says("220 x")
private let offersTLS = ClientInput.says("250-x\r\n250 STARTTLS")
private let ehlo = "> EHLO c.test"

private let safety: [(row: ClientRow, relay: SMTPRelay)] = [
    (
        ClientRow("STARTTLS", [greeted, offersTLS, .says("220 go"), .tls, .says("250 x")], [ehlo, "> STARTTLS", "tls", ehlo, "ready"]),
        relay(.required)
    ),
    (ClientRow("required, not offered", [greeted, .says("250 x")], [ehlo, "relayFault startTLS words", "close"]), relay(.required)),
    (
        ClientRow(
            "required, refused for now", [greeted, offersTLS, .says("454 later")], [ehlo, "> STARTTLS", "temporary startTLS 454", "close"]),
        relay(.required)
    ),
    (
        ClientRow("required, refused", [greeted, offersTLS, .says("502 no")], [ehlo, "> STARTTLS", "relayFault startTLS 502", "close"]),
        relay(.required)
    ),
    (
        ClientRow("required, EHLO refused: never HELO", [greeted, .says("502 no")], [ehlo, "relayFault hello 502", "close"]),
        relay(.required)
    ),
    (
        ClientRow(
            "something behind the 220", [greeted, offersTLS, .says("220 go\r\n250 evil")],
            [ehlo, "> STARTTLS", "temporary startTLS words", "close"]), relay(.required)
    ),
    (
        ClientRow(
            "bad certificate", [greeted, offersTLS, .says("220 go"), .badCertificate],
            [ehlo, "> STARTTLS", "tls", "relayFault startTLS words", "close"]), relay(.required)
    ),
    (
        ClientRow(
            "lost in the handshake", [greeted, offersTLS, .says("220 go"), .lost],
            [ehlo, "> STARTTLS", "tls", "temporary startTLS words", "close"]), relay(.required)
    ),
    (
        ClientRow(
            "what was offered in the clear is forgotten",
            [greeted, .says("250-x\r\n250-AUTH PLAIN\r\n250 STARTTLS"), .says("220 go"), .tls, .says("250 x")],
            [ehlo, "> STARTTLS", "tls", ehlo, "relayFault authentication words", "close"]), relay(.required, credentials)
    ),
    (
        ClientRow(
            "opportunistic, offered", [greeted, offersTLS, .says("220 go"), .tls, .says("250 x")],
            [ehlo, "> STARTTLS", "tls", ehlo, "ready"]), relay(.opportunistic)
    ),
    (ClientRow("opportunistic, not offered", [greeted, .says("250 x")], [ehlo, "ready"]), relay(.opportunistic)),
    (ClientRow("opportunistic, refused", [greeted, offersTLS, .says("454 no")], [ehlo, "> STARTTLS", "ready"]), relay(.opportunistic)),
    (
        ClientRow(
            "opportunistic, no password in the clear", [greeted, .says("250-x\r\n250 AUTH PLAIN")],
            [ehlo, "relayFault authentication words", "close"]), relay(.opportunistic, credentials)
    ),
    (ClientRow("implicit", [.tls, greeted, .says("250 x")], [ehlo, "ready"]), relay(.implicit)),
    (ClientRow("implicit, bad certificate", [.badCertificate], ["relayFault connecting words", "close"]), relay(.implicit)),
    (
        ClientRow(
            "AUTH PLAIN", [.tls, greeted, .says("250-x\r\n250 AUTH LOGIN PLAIN"), .says("235 ok")],
            [ehlo, "> AUTH PLAIN AHVzZXIAc2VjcmV0", "ready"]), relay(.implicit, credentials)
    ),
    (
        ClientRow(
            "AUTH=PLAIN", [.tls, greeted, .says("250-x\r\n250 AUTH=PLAIN"), .says("235 ok")],
            [ehlo, "> AUTH PLAIN AHVzZXIAc2VjcmV0", "ready"]), relay(.implicit, credentials)
    ),
    (
        ClientRow(
            "AUTH LOGIN",
            [.tls, greeted, .says("250-x\r\n250 AUTH LOGIN"), .says("334 VXNlcm5hbWU6"), .says("334 UGFzc3dvcmQ6"), .says("235 ok")],
            [ehlo, "> AUTH LOGIN", "> dXNlcg==", "> c2VjcmV0", "ready"]), relay(.implicit, credentials)
    ),
    (
        ClientRow(
            "AUTH LOGIN that never ends",
            [.tls, greeted, .says("250-x\r\n250 AUTH LOGIN"), .says("334 x"), .says("334 x"), .says("334 x"), .says("501 x")],
            [ehlo, "> AUTH LOGIN", "> dXNlcg==", "> c2VjcmV0", "> *", "relayFault authentication 501", "close"]),
        relay(.implicit, credentials)
    ),
    (
        ClientRow(
            "wrong password", [.tls, greeted, .says("250-x\r\n250 AUTH PLAIN"), .says("535 5.7.8 no")],
            [ehlo, "> AUTH PLAIN AHVzZXIAc2VjcmV0", "relayFault authentication 535", "close"]), relay(.implicit, credentials)
    ),
    (
        ClientRow(
            "AUTH not now", [.tls, greeted, .says("250-x\r\n250 AUTH PLAIN"), .says("454 4.7.0 later")],
            [ehlo, "> AUTH PLAIN AHVzZXIAc2VjcmV0", "temporary authentication 454", "close"]), relay(.implicit, credentials)
    ),
    (
        ClientRow(
            "AUTH, lost", [.tls, greeted, .says("250-x\r\n250 AUTH PLAIN"), .lost],
            [ehlo, "> AUTH PLAIN AHVzZXIAc2VjcmV0", "temporary authentication words", "close"]), relay(.implicit, credentials)
    ),
    (
        ClientRow(
            "AUTH by no known way", [.tls, greeted, .says("250-x\r\n250 AUTH GSSAPI")], [ehlo, "relayFault authentication words", "close"]),
        relay(.implicit, credentials)
    ),
]

@Suite struct ClientSessionTests {
    @Test("Each stage", arguments: verdicts) func verdict(_ row: ClientRow) {
        #expect(play(row.inputs, relay: plain) == row.expected)
    }

    @Test("Mails", arguments: mails) func mailRow(_ row: ClientRow) {
        #expect(play(row.inputs, relay: plain) == row.expected)
    }

    @Test("Pipelining", arguments: pipelining) func pipeliningRow(_ row: ClientRow) {
        #expect(play(row.inputs, relay: plain) == row.expected)
    }

    @Test("Encryption and signing in", arguments: safety.indices) func safetyRow(_ index: Int) {
        #expect(play(safety[index].row.inputs, relay: safety[index].relay) == safety[index].row.expected, "\(safety[index].row.name)")
    }

    @Test func repliesAreTakenApart() {
        var parser = SMTPReplyParser()
        parser.receive(ByteBuffer(string: "550-5.1.1 no such\r\n550 5.1.1 user\u{7}\r\n250 5.1 is no code\n250\r\n"))
        #expect(parser.next() == .reply(SMTPReply(550, "5.1.1", lines: ["no such", "user"])))
        #expect(parser.next() == .reply(SMTPReply(250, "5.1 is no code")))
        #expect(parser.next() == .reply(SMTPReply(250, "")))
        #expect(parser.next() == .needsMore)
    }

    @Test func outcomesAreSentences() {
        let reply = SMTPReply(550, "5.1.1", "no such user")
        #expect(
            SendOutcome.permanent(.recipient, .reply(reply)).sentence(server: "mail.test")
                == "The mail server mail.test said: 550 5.1.1 no such user.")
        #expect(
            SendOutcome.temporary(.connecting, .words("it did not answer in time")).sentence(server: "mail.test")
                == "Sending by the mail server mail.test did not work while connecting: it did not answer in time.")
        #expect(
            SendOutcome.uncertain("the connection was lost").sentence(server: "mail.test")
                == "It is not certain whether the mail was sent: the mail server mail.test had all of it, but the connection was lost.")
    }
}
