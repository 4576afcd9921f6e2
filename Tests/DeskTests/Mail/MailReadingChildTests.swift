import Desk
import Testing

/// What happens to a mail whose reader dies, hangs or talks nonsense.
@Suite struct MailReadingChildTests {
    private let mail = Array("From: ann@x.test\r\n\r\nHello\r\n".utf8)
    private let envelope = MailEnvelope(sender: "ann@x.test", recipients: ["help@y.test"])

    @Test(arguments: [
        ("dies at once", "exit 1", "broke off"),
        ("dies after reading", "head -c 10 >/dev/null; exit 1", "broke off"),
        ("hangs", "exec sleep 60", "took longer"),
        ("answers nonsense", "printf '\\001\\000\\000\\000\\000\\000\\000\\000x'; exec sleep 60", "broke off"),
        ("announces too much", "printf '\\377\\377\\377\\377\\377\\377\\377\\177'; exec sleep 60", "broke off"),
    ])
    func aReaderThatFailsTwiceMakesTheMailUnreadableAndNothingElse(name: String, script: String, words: String) async throws {
        let child = MailReadingChild(command: ["/bin/sh", "-c", script], patience: 0.3)
        let error = await #expect(throws: MailReadingError.self) { _ = try await child.read(mail, envelope: envelope) }
        guard case .unreadable(let sentence) = error else {
            Issue.record("not said to be unreadable: \(name)")
            return
        }
        #expect(sentence.contains(words))
        child.stop()
    }

    @Test func aReaderThatCannotBeStartedIsTheMachinesFaultNotTheMails() async {
        let child = MailReadingChild(command: ["/no/such/program"])
        let error = await #expect(throws: MailReadingError.self) { _ = try await child.read(mail, envelope: envelope) }
        guard case .noReader = error else {
            Issue.record("the mail is blamed")
            return
        }
    }
}
