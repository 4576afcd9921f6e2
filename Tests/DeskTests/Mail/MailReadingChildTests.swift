import Desk
import Foundation
import Testing

/// What happens to a mail whose reader dies, hangs or talks nonsense.
@Suite struct MailReadingChildTests {
    private let mail = Array("From: ann@x.test\r\n\r\nHello\r\n".utf8)
    private let envelope = MailEnvelope(sender: "ann@x.test", recipients: ["help@y.test"])

    @Test(arguments: [
        ("dies at once", "exit 1", "broke off"),
        ("dies after reading", "head -c 10 >/dev/null; exit 1", "broke off"),
        ("answers nonsense", "printf '\\001\\000\\000\\000\\000\\000\\000\\000x'; exec sleep 60", "broke off"),
        ("announces too much", "printf '\\377\\377\\377\\377\\377\\377\\377\\177'; exec sleep 60", "broke off"),
    ])
    func aReaderThatFailsTwiceMakesTheMailUnreadableAndNothingElse(name: String, script: String, words: String) async throws {
        let child = MailReadingChild(command: ["/bin/sh", "-c", script], patience: 20)
        let error = await #expect(throws: MailReadingError.self) { _ = try await child.read(mail, envelope: envelope) }
        guard case .unreadable(let sentence) = error else {
            Issue.record("not said to be unreadable: \(name)")
            return
        }
        #expect(sentence.contains(words))
        child.stop()
    }

    /// One mail is shorter than a pipe holds, the other is not and blocks whoever writes it.
    @Test(arguments: [0, 1_000_000])
    func aReaderThatHangsIsEndedInTime(_ length: Int) async throws {
        let child = MailReadingChild(command: ["/bin/sh", "-c", "exec sleep 600"], patience: 0.3)
        let begun = ContinuousClock.now
        let error = await #expect(throws: MailReadingError.self) {
            _ = try await child.read(mail + [UInt8](repeating: UInt8(ascii: "x"), count: length), envelope: envelope)
        }
        // Far from the ten minutes that the reader would sleep, however busy the machine is.
        #expect(ContinuousClock.now - begun < .seconds(300))
        guard case .tooSlow(let sentence) = error else {
            Issue.record("not said to be too slow: \(String(describing: error))")
            return
        }
        #expect(sentence.contains("took longer"))
        child.stop()
    }

    /// The next mail after one whose reader died gets a fresh reader.
    @Test func theNextMailHasAFreshReader() async throws {
        let flag = FileManager.default.temporaryDirectory.appending(path: "throughline-reader-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: flag) }
        // Dies with the first two mails; the third process answers. Each process leaves one byte behind.
        let answer = try JSONEncoder().encode(ReadMail.read(mail, envelope: envelope))
        let length = withUnsafeBytes(of: UInt64(answer.count).littleEndian) { Data($0) }
        try (length + answer).write(to: URL(fileURLWithPath: flag + ".answer"))
        defer { try? FileManager.default.removeItem(atPath: flag + ".answer") }
        let script = "printf x >>\(flag); [ $(wc -c <\(flag)) -gt 2 ] || exit 1; cat \(flag).answer; exec sleep 60"
        let child = MailReadingChild(command: ["/bin/sh", "-c", script], patience: 30)
        await #expect(throws: MailReadingError.self) { _ = try await child.read(mail, envelope: envelope) }
        let read = try await child.read(mail, envelope: envelope)
        #expect(read.reply == "Hello")
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
