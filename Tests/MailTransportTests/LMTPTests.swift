import Foundation
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

@testable import MailTransport

/// LMTP (RFC 2033): its hello, one answer for each recipient, and a unix socket.
@Suite struct LMTPTests {
    private static let hello = ServerInput.bytes("LHLO c.test\r\n")
    private static let mail = ServerInput.bytes("MAIL FROM:<a@x.test>\r\n")
    private static func recipient(_ name: String) -> ServerInput { .bytes("RCPT TO:<\(name)@y.test>\r\n") }
    private static let refused = SMTPReply(550, "5.1.1", "no")

    private func actions(_ inputs: [ServerInput], _ change: (inout SMTPServerSettings) -> Void = { _ in }) -> [String] {
        play(inputs, offersTLS: false) {
            $0.language = .lmtp
            change(&$0)
        }.actions
    }

    @Test func theHelloIsItsOwn() {
        #expect(actions([Self.hello]) == ["250"])
        #expect(actions([.bytes("EHLO c.test\r\nHELO c.test\r\n")]) == ["500 5.5.1", "500 5.5.1"])
        #expect(actions([Self.mail]) == ["503 5.5.1"])
        #expect(actions([Self.hello, Self.mail, .bytes("DATA\r\n")]) == ["250", "250 2.1.0", "503 5.5.1"])
    }

    /// One answer for each RCPT that was accepted, in their order, and none for the one that was not.
    @Test func eachRecipientHasAnAnswer() {
        let toData: [ServerInput] = [
            Self.hello, Self.mail, Self.recipient("a"), .answer(.accept), Self.recipient("b"), .answer(.refuse(Self.refused)),
            Self.recipient("c"), .answer(.accept), Self.recipient("a"), .answer(.accept), .bytes("DATA\r\nHi\r\n.\r\n"),
        ]
        let mixed = actions(toData + [.storedEach([.stored, .tryLater, .stored]), .bytes("NOOP\r\n")])
        #expect(mixed.suffix(5) == ["store", "250 2.0.0", "451 4.3.0", "250 2.0.0", "250 2.0.0"])
        #expect(actions(toData + [.stored(nil)]).suffix(4) == ["store", "451 4.3.0", "451 4.3.0", "451 4.3.0"])
    }

    @Test func aMailThatIsTooLargeIsRefusedToEach() {
        let inputs: [ServerInput] = [
            Self.hello, Self.mail, Self.recipient("a"), .answer(.accept), Self.recipient("b"), .answer(.accept),
            .bytes("DATA\r\n\(String(repeating: "a", count: 100))\r\n.\r\n"),
        ]
        #expect(actions(inputs) { $0.maxMessageBytes = 50 }.suffix(4) == ["354", "note 552 a@y.test,b@y.test", "552 5.3.4", "552 5.3.4"])
    }

    /// SMTP says one thing: the mail is ours as soon as one recipient has it.
    @Test func smtpHasOneAnswer() {
        let toData: [ServerInput] = [
            .bytes("EHLO c\r\n"), Self.mail, Self.recipient("a"), .answer(.accept), Self.recipient("b"), .answer(.accept),
            .bytes("DATA\r\nHi\r\n.\r\n"),
        ]
        #expect(play(toData + [.storedEach([.tryLater, .stored])]).actions.suffix(2) == ["store", "250 2.0.0"])
        #expect(play(toData + [.storedEach([.tryLater, .tryLater])]).actions.suffix(2) == ["store", "451 4.3.0"])
    }

    /// A mail server that hands over is not sent away, however many of its recipients there are not.
    @Test func refusalsAreNeitherSlowNorCounted() {
        let settings = SMTPServerSettings.lmtp(hostname: "mail.test")
        #expect(settings.refusalDelay(1_000) == .zero)
        #expect(settings.maxErrorsInARow == .max)
    }

    @Test func overAUnixSocket() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lmtp-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "lmtp").path
        let desk = RecordingDesk()
        // Twice: the second finds what a killed one left, if anything is left.
        for _ in 0..<2 {
            let (opened, continuation) = AsyncStream.makeStream(of: Void.self)
            let server = SMTPServer(
                settings: .lmtp(hostname: "mail.test"), addresses: [], socketPath: path, desk: desk, logger: quietLogger
            ) { _ in continuation.finish() }
            let services = ServiceGroup(services: [server], logger: quietLogger)
            async let running: Void = services.run()
            for await _ in opened {}
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(unixDomainSocketPath: path) {
                channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
            }
            let text = try await channel.executeThenClose { input, output in
                let said = "LHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nRCPT TO:<c@y.test>\r\nDATA\r\nHi\r\n.\r\nQUIT\r\n"
                try await output.write(ByteBuffer(string: said))
                var text = ""
                for try await bytes in input { text += String(buffer: bytes) }
                return text
            }
            #expect(text.hasPrefix("220 mail.test LMTP\r\n"))
            #expect(text.split(separator: "\r\n").suffix(3).map { $0.prefix(9) } == ["250 2.0.0", "250 2.0.0", "221 2.0.0"])
            await services.triggerGracefulShutdown()
            try await running
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        #expect(desk.mails.count == 2)
        #expect(desk.mails.first?.text.contains(" with LMTP id ") == true)
        #expect(desk.mails.first?.envelope.remoteAddress == "local")
    }
}
