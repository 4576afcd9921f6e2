import Foundation
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle

/// Receives mail by SMTP or LMTP on one or several addresses and asks an `InboundMailDesk` about each recipient and mail.
///
/// One task for each connection, as a child of `run()`. On graceful shutdown nobody new is let in, a mail that has come in whole
/// is stored and answered, and every other connection is told 421.
public final class SMTPServer: Service {
    private let settings: SMTPServerSettings
    private let addresses: [ListenAddress]
    private let socketPath: String?
    private let tls: ServerTLS?
    private let desk: any InboundMailDesk
    private let group: any EventLoopGroup
    private let logger: Logger
    private let onListening: @Sendable ([ListenAddress]) async -> Void
    private let register: ConnectionRegister
    private let guesses = GuessCounts()
    private let memory: InboundMemory

    private typealias Connection = NIOAsyncChannel<InboundQuestion, InboundAnswer>

    /// - Parameters:
    ///   - addresses: where to listen; port 0 takes a free one.
    ///   - socketPath: a unix socket to listen on as well. Whoever may enter its folder may connect. A socket that is left of an
    ///     earlier run is replaced.
    ///   - tls: nil offers no STARTTLS.
    ///   - onListening: called once all addresses are open, with the ports that were really taken.
    public init(
        settings: SMTPServerSettings, addresses: [ListenAddress], socketPath: String? = nil, tls: ServerTLS? = nil,
        desk: any InboundMailDesk, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton, logger: Logger,
        onListening: @escaping @Sendable ([ListenAddress]) async -> Void = { _ in }
    ) {
        self.settings = settings
        self.addresses = addresses
        self.socketPath = socketPath
        self.tls = tls
        self.desk = desk
        self.group = group
        self.logger = logger
        self.onListening = onListening
        register = ConnectionRegister(limit: settings.maxConnections, limitPerAddress: settings.maxConnectionsPerAddress)
        memory = InboundMemory(limit: settings.maxBytesInMemory)
    }

    /// Serves until graceful shutdown or cancellation.
    /// - Throws: `MailTransportError.cannotListen` where an address cannot be opened.
    public func run() async throws {
        var listeners: [NIOAsyncChannel<Connection, Never>] = []
        do {
            for address in addresses { listeners.append(try await listen(on: address)) }
            if let socketPath { listeners.append(try await listen(onSocket: socketPath)) }
        } catch {
            for listener in listeners { try? await listener.executeThenClose { _ in } }
            throw error
        }
        let channels = listeners.map(\.channel)
        let open = zip(addresses, channels).map { ListenAddress(host: $0.host, port: $1.localAddress?.port ?? $0.port) }
        logger.info(
            "Receiving mail by \(settings.language == .lmtp ? "LMTP" : "SMTP")",
            metadata: ["addresses": "\((open.map(\.description) + [socketPath].compactMap(\.self)).joined(separator: ", "))"])
        defer { if let socketPath { unlink(socketPath) } }
        await onListening(open)

        try await withGracefulShutdownHandler {
            try await withThrowingDiscardingTaskGroup { group in
                for listener in listeners {
                    group.addTask { try await self.accept(from: listener) }
                }
            }
        } onGracefulShutdown: {
            for channel in channels { channel.close(promise: nil) }
            self.register.shutDown()
        }
    }

    private func listen(on address: ListenAddress) async throws -> NIOAsyncChannel<Connection, Never> {
        do {
            return try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 256)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .bind(host: address.host, port: address.port) { channel in
                    channel.eventLoop.makeCompletedFuture { try self.connect(channel) }
                }
        } catch {
            throw MailTransportError.cannotListen("\(address)", reason: Self.words(for: error))
        }
    }

    private func listen(onSocket path: String) async throws -> NIOAsyncChannel<Connection, Never> {
        do {
            let listener = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 256)
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                    channel.eventLoop.makeCompletedFuture { try self.connect(channel) }
                }
            // The mail server runs as another user; its folder says who gets here.
            chmod(path, 0o666)
            return listener
        } catch {
            throw MailTransportError.cannotListen(path, reason: Self.words(for: error))
        }
    }

    private static func words(for error: any Error) -> String {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: "the port is in use"
        case EADDRNOTAVAIL: "this machine does not have that address"
        case EACCES: "this user may not open that port (below 1024 it takes a permission)"
        default: "\(error)"
        }
    }

    /// Puts the conversation into a new connection's channel; runs on its event loop.
    private func connect(_ channel: any Channel) throws -> Connection {
        let address = channel.remoteAddress?.ipAddress?.withoutIPv6Mapping ?? "local"
        let isProxy = settings.trustedProxies.contains { $0.contains(address) }
        let register = register
        var refusal = register.add(channel)
        if refusal == nil {
            channel.closeFuture.whenComplete { _ in register.remove(channel) }
            if !isProxy { refusal = register.admit(channel, from: address) }
        }
        let session =
            refusal.map { SMTPServerSession.refusing($0, settings: settings) }
            ?? SMTPServerSession(settings: settings, remoteAddress: address, offersTLS: tls != nil, isProxy: isProxy)
        try channel.pipeline.syncOperations.addHandler(
            SMTPServerHandler(session: session, tls: tls, register: register, guesses: guesses, memory: memory, logger: logger))
        return try Connection(wrappingChannelSynchronously: channel)
    }

    private func accept(from listener: NIOAsyncChannel<Connection, Never>) async throws {
        try await listener.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections {
                    group.addTask {
                        await withTaskExecutorPreference(EventLoopTasks(connection.channel.eventLoop)) { await self.serve(connection) }
                    }
                }
            }
        }
    }

    /// Carries one connection's questions to the application, one after the other. The end of a connection is nobody's error.
    private func serve(_ connection: Connection) async {
        do {
            try await connection.executeThenClose { questions, answers in
                for try await question in questions {
                    if let answer = await answer(question) { try await answers.write(answer) }
                }
            }
        } catch {
            logger.debug("An SMTP connection ended early", metadata: ["error": "\(error)"])
        }
    }

    private func answer(_ question: InboundQuestion) async -> InboundAnswer? {
        switch question {
        case .recipient(let recipient, let envelope):
            do {
                return .recipient(try await desk.answer(recipient: recipient, envelope: envelope))
            } catch {
                logger.error("A recipient could not be looked up", metadata: ["mail": "\(envelope.id)", "error": "\(error)"])
                return .recipient(nil)
            }
        case .store(let message, let envelope):
            do {
                return .store(try await desk.store(message, envelope: envelope))
            } catch {
                logger.error("A mail could not be stored", metadata: ["mail": "\(envelope.id)", "error": "\(error)"])
                return .store(nil)
            }
        case .note(let reply, let envelope):
            await desk.note(refusal: reply, envelope: envelope)
            return nil
        }
    }
}
