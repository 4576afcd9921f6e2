import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Sends mails through one relay, over a few connections that are kept and used again.
///
/// `send` waits its turn where all connections are busy. Stop calling it after `.relayFault`, until the settings have changed:
/// hammering a server with a wrong password gets the account locked.
public final class SMTPSender: Sendable {
    public let relay: SMTPRelay
    private let settings: SMTPClientSettings
    private let tls: NIOSSLContext?
    private let group: any EventLoopGroup
    private let logger: Logger

    private let turns: Turns
    private let pace: Pace?
    /// Connections without work. Some may have closed by themselves meanwhile; never more than `maxConnections`.
    private let idle = Mutex<[SMTPConnection]>([])

    /// - Throws: `MailTransportError.certificate` where `additionalTrustRoots` cannot be read.
    public init(
        relay: SMTPRelay, settings: SMTPClientSettings, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton, logger: Logger
    ) throws(MailTransportError) {
        self.relay = relay
        self.settings = settings
        self.group = group
        self.logger = logger
        turns = Turns(settings.maxConnections)
        pace = Pace(perMinute: settings.maxPerMinute)
        tls = try Self.tlsContext(relay, settings)
    }

    /// Sends one mail.
    /// - Parameters:
    ///   - message: the mail, headers and body. Dots are stuffed and bare line ends mended on the way.
    ///   - beforeFinalDot: awaited when all of the mail is out and only the final dot is missing; the last chance to record that
    ///     from here on the mail may be delivered. Where it throws, the mail does not go out.
    public func send(
        _ message: ByteBuffer, envelope: OutboundEnvelope, beforeFinalDot: @Sendable () async throws -> Void = {}
    ) async -> SendOutcome {
        let writer = MessageWriter(message)
        let mail = SMTPClientSession.Mail(envelope: envelope, bytes: message.readableBytes, isEightBit: writer.isEightBit)
        guard await turns.take() else { return .temporary(.connecting, .words("sending was stopped")) }
        defer { turns.give() }
        guard await pace?.wait() ?? true else { return .temporary(.connecting, .words("sending was stopped")) }
        while true {
            if Task.isCancelled { return .temporary(.connecting, .words("sending was stopped")) }
            var connection: SMTPConnection
            if SendProgress.observer == nil, let kept = idle.withLock({ $0.popLast() }) {
                connection = kept
            } else {
                switch await SMTPConnection.open(to: relay, settings: settings, tls: tls, group: group) {
                case .success(let fresh): connection = fresh
                case .failure(let failed): return failed.outcome
                }
            }
            let isFresh = connection.mails == 0
            connection.mails += 1
            let outcome = await deliver(mail, writer.text, over: connection, beforeFinalDot)
            if await connection.isReady {
                keep(connection)
            } else if !isFresh, case .temporary(.sender, _) = outcome {
                // The relay had closed a kept connection; nothing of this mail was said yet. Each round uses one up.
                continue
            }
            return outcome
        }
    }

    /// Closes the connections that are not in use.
    public func closeIdleConnections() {
        let connections = idle.withLock { idle in
            defer { idle = [] }
            return idle
        }
        for connection in connections { connection.quit() }
    }

    private func deliver(
        _ mail: SMTPClientSession.Mail, _ text: ByteBuffer, over connection: SMTPConnection,
        _ beforeFinalDot: @Sendable () async throws -> Void
    ) async -> SendOutcome {
        if let outcome = await connection.begin(mail, text: text) { return outcome }
        do {
            try await beforeFinalDot()
        } catch {
            logger.error("A mail was held back before its final dot", metadata: ["error": "\(error)"])
            return await connection.abandon("it could not be recorded that the mail is on its way")
        }
        return await connection.sendFinalDot()
    }

    private func keep(_ connection: SMTPConnection) {
        if connection.mails < settings.maxMailsPerConnection {
            connection.beIdle()
            idle.withLock { $0.append(connection) }
        } else {
            connection.quit()
        }
    }

    private static func tlsContext(_ relay: SMTPRelay, _ settings: SMTPClientSettings) throws(MailTransportError) -> NIOSSLContext? {
        guard relay.encryption != .none else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        // Opportunistic encryption keeps listeners out, not impostors (RFC 7435).
        if relay.encryption == .opportunistic { configuration.certificateVerification = .none }
        if let path = settings.additionalTrustRoots { configuration.additionalTrustRoots = [.file(path)] }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .certificate(path: settings.additionalTrustRoots ?? "of the system", reason: "\(error)")
        }
    }
}
