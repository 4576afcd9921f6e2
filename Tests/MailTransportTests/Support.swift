import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

@testable import MailTransport

/// Keeps what it is given, in memory.
final class RecordingDesk: InboundMailDesk {
    struct Mail: Sendable {
        var text: String
        var envelope: InboundEnvelope
    }

    private let stored = Mutex<[Mail]>([])
    private let refused = Mutex<[String]>([])
    private let onRecipient: @Sendable (String, InboundEnvelope) async throws -> RecipientAnswer
    private let onStore: @Sendable (ByteBuffer, InboundEnvelope) async throws -> StoreAnswer

    init(
        onRecipient: @escaping @Sendable (String, InboundEnvelope) async throws -> RecipientAnswer = { _, _ in .accept },
        onStore: @escaping @Sendable (ByteBuffer, InboundEnvelope) async throws -> StoreAnswer = { _, _ in .stored }
    ) {
        self.onRecipient = onRecipient
        self.onStore = onStore
    }

    var mails: [Mail] { stored.withLock { $0 } }
    /// What was noted: recipient and code.
    var notes: [String] { refused.withLock { $0 } }

    func answer(recipient: String, envelope: InboundEnvelope) async throws -> RecipientAnswer {
        try await onRecipient(recipient, envelope)
    }

    func store(_ message: ByteBuffer, envelope: InboundEnvelope) async throws -> [StoreAnswer] {
        let answer = try await onStore(message, envelope)
        if answer == .stored { stored.withLock { $0.append(Mail(text: String(buffer: message), envelope: envelope)) } }
        return envelope.recipients.map { _ in answer }
    }

    func note(refusal: SMTPReply, envelope: InboundEnvelope) async {
        refused.withLock { $0 += envelope.recipients.map { "\($0) \(refusal.code)" } }
    }
}

let quietLogger: Logger = {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
}()

/// A receiver on a free port, for as long as `body` runs.
struct RunningServer: Sendable {
    var port: Int

    func sender(
        encryption: SMTPRelay.Encryption = .none, credentials: SMTPRelay.Credentials? = nil,
        _ change: (inout SMTPClientSettings) -> Void = { _ in }
    ) throws -> SMTPSender {
        var settings = SMTPClientSettings(hostname: "client.test")
        change(&settings)
        let relay = SMTPRelay(host: "127.0.0.1", port: port, encryption: encryption, credentials: credentials)
        return try SMTPSender(relay: relay, settings: settings, logger: quietLogger)
    }
}

func withServer<Result: Sendable>(
    desk: any InboundMailDesk, tls: ServerTLS? = nil, _ change: (inout SMTPServerSettings) -> Void = { _ in },
    _ body: @escaping @Sendable (RunningServer) async throws -> Result
) async throws -> Result {
    var settings = SMTPServerSettings(hostname: "mail.test")
    change(&settings)
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let server = SMTPServer(
        settings: settings, addresses: [ListenAddress(host: "127.0.0.1", port: 0)], tls: tls, desk: desk, logger: quietLogger
    ) { addresses in
        for address in addresses { continuation.yield(address.port) }
        continuation.finish()
    }
    let group = ServiceGroup(services: [server], logger: quietLogger)
    return try await withThrowingTaskGroup(of: Result?.self) { tasks in
        tasks.addTask {
            do {
                try await group.run()
            } catch {
                continuation.finish()
                throw error
            }
            return nil
        }
        var port = 0
        for await open in ports { port = open }
        let result = try await body(RunningServer(port: port))
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}
