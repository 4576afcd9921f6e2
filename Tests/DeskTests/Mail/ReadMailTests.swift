import Desk
import Testing

/// What a mail becomes before it is placed.
@Suite struct ReadMailTests {
    private func read(_ text: String) -> ReadMail {
        ReadMail.read(Array(text.replacing("\n", with: "\r\n").utf8), envelope: MailEnvelope(sender: "ann@x.test", recipients: []))
    }

    private let body =
        "From: Ann <ann@x.test>\nTo: help@y.test\nSubject: Hello\nMessage-ID: <1@x.test>\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\nHi\n"

    @Test func theSameMailByTwoWaysHasOneContentHash() {
        let first = read("Received: from a by b\n" + body)
        let second = read("Return-Path: <ann@x.test>\nReceived: from c by d\nReceived: from a by b\n" + body)
        #expect(first.contentHash == second.contentHash)
    }

    @Test(arguments: [("Hi", "Ho"), ("Subject: Hello", "Subject: Hullo"), ("<1@x.test>", "<2@x.test>"), ("10:00:00", "10:00:01")])
    func anotherMailHasAnother(what: String, other: String) {
        #expect(read(body).contentHash != read(body.replacing(what, with: other)).contentHash)
    }

    @Test func aMailOfOurOwnInstallationIsALoop() {
        let raw = Array(("X-Throughline-Installation: abc\r\n" + body.replacing("\n", with: "\r\n")).utf8)
        let own = ReadMail.read(raw, envelope: MailEnvelope(sender: "ann@x.test", recipients: [], installation: "abc"))
        let other = ReadMail.read(raw, envelope: MailEnvelope(sender: "ann@x.test", recipients: [], installation: "xyz"))
        #expect(own.kind == "loop")
        #expect(other.kind != "loop")
    }

    @Test func anyBytesGiveAnAnswer() {
        for raw in [[], [0], [UInt8](repeating: 0xFF, count: 1000), Array("\r\n\r\n\r\n".utf8), Array("Subject".utf8)] {
            let read = ReadMail.read(raw, envelope: MailEnvelope(sender: nil, recipients: []))
            #expect(!read.contentHash.isEmpty)
        }
    }
}
