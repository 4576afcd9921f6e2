import NIOCore
import Testing

@testable import MailTransport

private let greeting = IMAPInput.says("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE] hello")
private let login = "> T1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ="
private let signedIn: [IMAPInput] = [greeting, .says("T1 OK [CAPABILITY IMAP4rev1 IDLE] in")]
private let examine = "> T2 EXAMINE \"INBOX\""
private let open: [IMAPInput] =
    signedIn + [.says("* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 40] ok\r\nT2 OK [READ-ONLY] done")]
private let opened = [login, examine, "opened 7 40 3"]
private let listing = "> T3 UID FETCH 40:* (UID RFC822.SIZE INTERNALDATE)"
private let fetching = "> T3 UID FETCH 40 (UID BODY.PEEK[])"

private let openings: [IMAPRow] = [
    IMAPRow("opens", open, opened),
    IMAPRow(
        "asks what it was not told",
        [
            .says("* OK hello"), .says("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nT1 OK done"), .says("T2 OK in"),
            .says("* CAPABILITY IMAP4rev1 IDLE\r\nT3 OK done"),
        ],
        ["> T1 CAPABILITY", "> T2 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=", "> T3 CAPABILITY", "> T4 EXAMINE \"INBOX\""]),
    IMAPRow(
        "STARTTLS: what was said before counts no more", .with(.startTLS),
        [
            .says("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR] x"), .says("T1 OK go"), .tls,
            .says("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nT2 OK x"), .says("+ "),
        ],
        ["> T1 STARTTLS", "tls", "> T2 CAPABILITY", "> T3 AUTHENTICATE PLAIN", "> AGFubgBzZWNyZXQ="]),
    IMAPRow(
        "STARTTLS injection", .with(.startTLS), [.says("* OK [CAPABILITY IMAP4rev1 STARTTLS] x"), .says("T1 OK go\r\n* OK injected")],
        ["> T1 STARTTLS", "failed noEncryption", "close"]),
    IMAPRow(
        "STARTTLS is not offered", .with(.startTLS), [.says("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] x")], ["failed noEncryption", "close"]),
    IMAPRow(
        "STARTTLS is refused", .with(.startTLS), [.says("* OK [CAPABILITY IMAP4rev1 STARTTLS] x"), .says("T1 NO later")],
        ["> T1 STARTTLS", "failed noEncryption", "close"]),
    IMAPRow("PREAUTH before encryption", .with(.startTLS), [.says("* PREAUTH come in")], ["failed noEncryption", "close"]),
    IMAPRow("implicit TLS says nothing before the handshake", .with(.tls), [], []),
    IMAPRow("implicit TLS", .with(.tls), [.tls, greeting], [login]),
    IMAPRow(
        "LOGIN in quotes", .with(.none, .password(#"a"b\c"#)), [.says("* OK [CAPABILITY IMAP4rev1] x")], [#"> T1 LOGIN "ann" "a\"b\\c""#]),
    IMAPRow(
        "LOGIN with a literal", .with(.none, .password("pä")), [.says("* OK [CAPABILITY IMAP4rev1] x"), .says("+ go")],
        ["> T1 LOGIN \"ann\" {3}", "> pä"]),
    IMAPRow(
        "LOGIN with LITERAL+", .with(.none, .password("pä")), [.says("* OK [CAPABILITY IMAP4rev1 LITERAL+] x")],
        ["> T1 LOGIN \"ann\" {3+}", "> pä"]),
    IMAPRow("LOGINDISABLED", [.says("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] x")], ["failed signIn", "close"]),
    IMAPRow(
        "XOAUTH2", .with(.none, .token("tok")), [.says("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] x"), .says("T1 OK in")],
        ["> T1 AUTHENTICATE XOAUTH2 dXNlcj1hbm4BYXV0aD1CZWFyZXIgdG9rAQE=", "> T2 CAPABILITY"]),
    IMAPRow(
        "XOAUTH2 refused: an empty answer, then its word", .with(.none, .token("tok")),
        [.says("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] x"), .says("+ eyJzdGF0dXMiOiI0MDAifQ=="), .says("T1 NO expired")],
        ["> T1 AUTHENTICATE XOAUTH2 dXNlcj1hbm4BYXV0aD1CZWFyZXIgdG9rAQE=", "> ", "failed signIn", "close"]),
    IMAPRow("no XOAUTH2", .with(.none, .token("tok")), [greeting], ["failed signIn", "close"]),
    IMAPRow("wrong password", [greeting, .says("T1 NO [AUTHENTICATIONFAILED] wrong")], [login, "failed signIn", "close"]),
    IMAPRow("sign-in out of order", [greeting, .says("T1 NO [UNAVAILABLE] later")], [login, "failed signInLater", "close"]),
    IMAPRow("asks for more", [greeting, .says("+ "), .says("+ ")], [login, "> *", "failed notIMAP", "close"]),
    IMAPRow("no such folder", signedIn + [.says("T2 NO no such folder")], [login, examine, "failed folder", "close"]),
    IMAPRow("no UIDVALIDITY", signedIn + [.says("* 3 EXISTS\r\nT2 OK x")], [login, examine, "failed folder", "close"]),
    IMAPRow(
        "no UIDNEXT: the last mail tells",
        signedIn + [.says("* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nT2 OK x"), .says("* 3 FETCH (UID 39)\r\nT3 OK x")],
        [login, examine, "> T3 FETCH * (UID)", "opened 7 40 3"]),
    IMAPRow(
        "no UIDNEXT and no mail", signedIn + [.says("* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nT2 OK x")], [login, examine, "opened 7 1 0"]),
    IMAPRow(
        "a folder's name in other letters", .with(folder: "Büro & Co"), signedIn, [login, "> T2 EXAMINE \"B&APw-ro &- Co\""]),
    IMAPRow("not IMAP", [.says("220 mail.test ESMTP")], ["failed notIMAP", "close"]),
    IMAPRow("a web server", [.says("HTTP/1.1 400 Bad Request")], ["failed notIMAP", "close"]),
    IMAPRow("closed at once", [.says("* BYE full")], ["failed noConnection", "close"]),
    IMAPRow("silent", [.timeout], ["failed lost", "close"]),
]

private let mails: [IMAPRow] = [
    IMAPRow(
        "lists by rising UID, whatever the order",
        open + [.list(40), .says("* 5 FETCH (UID 42 RFC822.SIZE 9)\r\n* 4 FETCH (RFC822.SIZE 8 UID 41 FLAGS (\\Seen (x)))\r\nT3 OK x")],
        opened + [listing, "listed 41=8 42=9"]),
    IMAPRow(
        "a part of the mails", open + [.listWindow(40, 239), .says("T3 OK x")],
        opened + ["> T3 UID FETCH 40:239 (UID RFC822.SIZE INTERNALDATE)", "listed "]),
    IMAPRow("an empty listing", open + [.list(40), .says("T3 OK x")], opened + [listing, "listed "]),
    IMAPRow("a refused listing", open + [.list(40), .says("T3 NO busy")], opened + [listing, "failed lost", "close"]),
    IMAPRow(
        "a mail", open + [.fetch(40), .raw("* 4 FETCH (UID 40 BODY[] {5}\r\nHi\r\n!)\r\nT3 OK x\r\n")],
        opened + [fetching, "mail 40 Hi\r\n!"]),
    IMAPRow(
        "a quoted mail", open + [.fetch(40), .says("* 4 FETCH (BODY[] \"Hi\" UID 40)\r\nT3 OK x")], opened + [fetching, "mail 40 Hi"]),
    IMAPRow(
        "an empty mail", open + [.fetch(40), .raw("* 4 FETCH (UID 40 BODY[] {0}\r\n)\r\nT3 OK x\r\n")], opened + [fetching, "mail 40 "]),
    IMAPRow("gone", open + [.fetch(40), .says("T3 OK x")], opened + [fetching, "gone 40"]),
    IMAPRow(
        "another mail than asked", open + [.fetch(40), .says("* 4 FETCH (UID 41 BODY[] \"x\")\r\nT3 OK x")], opened + [fetching, "gone 40"]),
    IMAPRow(
        "flags between are no mail", open + [.fetch(40), .says("* 4 FETCH (UID 40 FLAGS ())\r\nT3 OK x")], opened + [fetching, "gone 40"]),
    IMAPRow("not given out", open + [.fetch(40), .says("T3 NO [SERVERBUG] broken")], opened + [fetching, "refused 40 broken"]),
    IMAPRow(
        "no text", open + [.fetch(40), .says("* 4 FETCH (UID 40 BODY[] NIL)\r\nT3 OK x")],
        opened + [fetching, "refused 40 it has no text for it"]),
    IMAPRow(
        "too large: goes by, and the next comes",
        open + [
            .fetch(40), .raw("* 4 FETCH (UID 40 BODY[] {2000}\r\n" + String(repeating: "a", count: 2_000) + ")\r\nT3 OK x\r\n"), .fetch(41),
            .says("* 5 FETCH (UID 41 BODY[] \"x\")\r\nT4 OK x"),
        ], opened + [fetching, "too large 40 2000", "> T4 UID FETCH 41 (UID BODY.PEEK[])", "mail 41 x"]),
    IMAPRow(
        "larger than is let go by", open + [.fetch(40), .raw("* 4 FETCH (UID 40 BODY[] {9000000000}\r\n")],
        opened + [fetching, "too large 40 9000000000", "failed lost", "close"]),
    IMAPRow(
        "a length that is no number", open + [.fetch(40), .raw("* 4 FETCH (UID 40 BODY[] {99999999999999999999}\r\n")],
        opened + [fetching, "failed notIMAP", "close"]),
    IMAPRow(
        "braces in free text are no literal", open + [.fetch(40), .says("* OK look {5}\r\nT3 OK x {3}")], opened + [fetching, "gone 40"]),
    IMAPRow("BYE in the middle", open + [.fetch(40), .says("* BYE restart")], opened + [fetching, "failed lost", "close"]),
    IMAPRow("numbered anew", open + [.list(40), .says("* OK [UIDVALIDITY 8] x")], opened + [listing, "failed lost", "close"]),
    IMAPRow("silent in the middle", open + [.fetch(40), .timeout], opened + [fetching, "failed lost", "close"]),
]

private let waiting: [IMAPRow] = [
    IMAPRow(
        "IDLE: a new mail ends it", open + [.watch, .says("+ idling"), .says("* 4 EXISTS"), .says("T3 OK x")],
        opened + ["> T3 IDLE", "> DONE", "news"]),
    IMAPRow(
        "IDLE: its time ends it", open + [.watch, .says("+ idling"), .timeout, .says("T3 OK x")], opened + ["> T3 IDLE", "> DONE", "news"]),
    IMAPRow(
        "IDLE: no answer to its end", open + [.watch, .says("+ idling"), .timeout, .timeout],
        opened + ["> T3 IDLE", "> DONE", "failed lost", "close"]),
    IMAPRow(
        "IDLE: a mail before it begins", open + [.watch, .says("* 4 EXISTS\r\n+ idling\r\nT3 OK x")],
        opened + ["> T3 IDLE", "> DONE", "news"]),
    IMAPRow("IDLE: still here is no news", open + [.watch, .says("+ idling"), .says("* OK Still here")], opened + ["> T3 IDLE"]),
    IMAPRow(
        "a mail that came while we listed", open + [.list(40), .says("* 4 EXISTS\r\nT3 OK x"), .watch],
        opened + [listing, "listed ", "news"]),
    IMAPRow(
        "IDLE refused: asked from then on", open + [.watch, .says("T3 BAD no"), .watch, .says("T4 OK x")],
        opened + ["> T3 IDLE", "news", "> T4 NOOP", "news"]),
    IMAPRow("leaves", open + [.leave, .says("* BYE x\r\nT3 OK x")], opened + ["> T3 LOGOUT", "close"]),
    IMAPRow("lost while leaving", open + [.leave, .lost], opened + ["> T3 LOGOUT", "close"]),
]

@Test(arguments: openings + mails + waiting)
func imapSession(_ row: IMAPRow) { #expect(play(row.inputs, row.mailbox) == row.expected) }

/// A whole dialogue, as a server says it.
private let dialogue: [(before: IMAPInput?, says: String)] = [
    (nil, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE] hello\r\n"), (nil, "T1 OK [CAPABILITY IMAP4rev1 IDLE] in\r\n"),
    (nil, "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 40] ok\r\nT2 OK [READ-ONLY] done\r\n"),
    (
        .list(38),
        "* 2 FETCH (UID 38 RFC822.SIZE 5)\r\n* 3 FETCH (UID 39 RFC822.SIZE 2000 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")\r\nT3 OK x\r\n"
    ),
    (.fetch(38), "* 2 FETCH (UID 38 BODY[] {5}\r\nHi\r\n!)\r\nT4 OK x\r\n"),
    (.fetch(39), "* 3 FETCH (UID 39 BODY[] {1100}\r\n" + String(repeating: "b", count: 1_100) + " FLAGS (\\Seen))\r\nT5 OK x\r\n"),
    (.watch, "+ idling\r\n* 4 EXISTS\r\nT6 OK x\r\n"),
]

private func inputs(_ cut: (Int, String) -> [IMAPInput]) -> [IMAPInput] {
    dialogue.enumerated().flatMap { index, step in [step.before].compactMap { $0 } + cut(index, step.says) }
}

private let whole = play(inputs { [.raw($1)] })

@Test func aDialogueInOneByteEachIsTheSame() {
    #expect(whole.last == "news")
    #expect(play(inputs { $1.map { .raw(String($0)) } }) == whole)
}

/// Split in two at each place: never a difference. (`\r\n` is one Character in Swift; so the bytes are cut.)
@Test(arguments: 0..<dialogue.count) func aReplySplitAnywhereIsTheSame(_ step: Int) {
    let bytes = Array(dialogue[step].says.utf8)
    for place in 1..<bytes.count {
        let halves = [bytes[..<place], bytes[place...]].map { IMAPInput.raw(String(decoding: $0, as: UTF8.self)) }
        #expect(play(inputs { $0 == step ? halves : [.raw($1)] }) == whole)
    }
}

/// Dropped at any byte: what was answered before stands, then there is one failure, and nothing after it.
@Test(arguments: 0..<dialogue.count) func aDropAnywhereIsOneFailure(_ step: Int) {
    let bytes = Array(dialogue[step].says.utf8)
    for place in 0..<bytes.count {
        let begun = dialogue[..<step].flatMap { [$0.before].compactMap { $0 } + [.raw($0.says)] }
        let part = IMAPInput.raw(String(decoding: bytes[..<place], as: UTF8.self))
        let actions = play(begun + [dialogue[step].before].compactMap { $0 } + [part, .lost, .raw("T9 OK x\r\n"), .fetch(1)])
        #expect(actions.suffix(2) == ["failed lost", "close"])
        #expect(actions.filter { $0.hasPrefix("failed") }.count == 1)
        let events = actions.filter { !$0.hasPrefix(">") }.dropLast(2)
        #expect(Array(events) == Array(whole.filter { !$0.hasPrefix(">") }.prefix(events.count)))
    }
}

// MARK: - Hostile servers

@Test(arguments: [
    String(repeating: "* ", count: 40_000), String(repeating: "a", count: 70_000),
    "* 1 FETCH " + String(repeating: "(", count: 33) + "\r\n",
    "* 1 FETCH (UID 40 BODY[] \"never ends\r\n", "* 1 FETCH (UID 40))\r\n", "* 1 FETCH )(\r\n", "\r\n", " \r\n", "*\r\n",
    "* 1 FETCH (UID\r\n", String(repeating: "* 1 FETCH (X {1}\r\na ", count: 1) + String(repeating: "{1}\r\na ", count: 70) + ")\r\n",
])
func whatIsNoIMAPEndsTheConnection(_ text: String) {
    #expect(play(open + [.fetch(40), .raw(text)]).suffix(2) == ["failed notIMAP", "close"])
}

@Test func aHugeLiteralIsNeverKept() {
    var reader = IMAPReplyReader(maxLiteralBytes: 1_000)
    reader.receive(ByteBuffer(string: "* 4 FETCH (UID 40 BODY[] {104857600}\r\n"))
    let block = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1_048_576)
    for _ in 0..<100 {
        #expect(reader.next() == .needsMore)
        reader.receive(block)
    }
    reader.receive(ByteBuffer(string: ")\r\n"))
    #expect(
        reader.next()
            == .reply([.text(ByteBuffer(string: "* 4 FETCH (UID 40 BODY[] ")), .skipped(104_857_600), .text(ByteBuffer(string: ")"))]))
    #expect(reader.blocks == 400)
}

/// Literals of one reply count together.
@Test func manyLiteralsAreNoWayAroundTheLimit() {
    var reader = IMAPReplyReader(maxLiteralBytes: 10)
    reader.receive(ByteBuffer(string: "* 4 FETCH (A {6}\r\naaaaaa B {6}\r\nbbbbbb)\r\n"))
    guard case .reply(let parts) = reader.next() else {
        Issue.record("no reply")
        return
    }
    #expect(parts.contains(.skipped(6)))
}

/// Whoever chats on without answering gains no time.
@Test func chatterIsNoProgress() {
    var session = IMAPClientSession(mailbox: .plain, settings: IMAPClientSettings(maxMailBytes: 1_000))
    session.receive(ByteBuffer(string: "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello\r\n"))
    while session.next() != nil {}
    let before = session.progress
    session.receive(ByteBuffer(string: String(repeating: "* OK still here\r\n* 1 EXISTS\r\n* 1 FETCH (FLAGS ())\r\n", count: 100)))
    while session.next() != nil {}
    #expect(session.progress == before)
}

@Test func aListingKeepsTheOldestOnly() {
    var settings = IMAPClientSettings(maxMailBytes: 1_000)
    settings.maxListed = 3
    var session = IMAPClientSession(mailbox: .plain, settings: settings)
    for line in [
        "* OK [CAPABILITY SASL-IR AUTH=PLAIN] x", "T1 OK [CAPABILITY X] x", "* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 9] x\r\nT2 OK x",
    ] {
        session.receive(ByteBuffer(string: line + "\r\n"))
        while session.next() != nil {}
    }
    session.list(from: 1)
    for uid in (1...50).reversed() { session.receive(ByteBuffer(string: "* \(uid) FETCH (UID \(uid) RFC822.SIZE 1)\r\n")) }
    session.receive(ByteBuffer(string: "T3 OK x\r\n"))
    var events: [IMAPEvent] = []
    while let action = session.next() { if case .event(let event) = action { events.append(event) } }
    #expect(events == [.listed((1...3).map { IMAPListedMail(uid: $0, size: 1, receivedAt: nil) })])
}

@Test(
    arguments: [
        ("17-Jul-1996 02:44:25 -0700", 837_596_665), (" 1-Jan-1970 00:00:00 +0000", 0), ("29-Feb-2024 23:59:59 +0130", 1_709_245_799),
        ("1-Foo-1970 00:00:00 +0000", nil), ("", nil), ("99999999999999999999-Jan-1970 0:0:0 +0", nil),
    ] as [(String, Int64?)])
func internalDates(_ text: String, _ seconds: Int64?) { #expect(IMAPDate.seconds(text) == seconds) }

@Test(arguments: [
    ("169.254.169.254", false), ("127.0.0.1", true), ("10.0.0.5", true), ("0.0.0.0", false), ("224.0.0.1", false), ("fe80::1", false),
    ("::ffff:169.254.169.254", false), ("2001:db8::1", true), ("::1", true), ("ff02::1", false),
])
func linkLocalAddressesAreNoMailServers(_ address: String, _ isAllowed: Bool) throws {
    #expect(AllowedPeer.isAllowed(try SocketAddress(ipAddress: address, port: 993)) == isAllowed)
}
