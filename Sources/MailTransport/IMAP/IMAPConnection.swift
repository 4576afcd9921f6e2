import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// One connection to a mailbox, as seen from a task. One question at a time; a failure ends it.
public struct IMAPConnection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<IMAPClientHandler>
    public let folder: IMAPFolder

    /// Connects, encrypts, signs in and opens the folder for reading.
    public static func open(
        _ mailbox: IMAPMailbox, settings: IMAPClientSettings, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws(IMAPFailure) -> IMAPConnection {
        do {
            return try await open(mailbox, settings, look: nil, group)
        } catch  where error.kind == .certificate {
            let look = CertificateLook()
            _ = try? await open(mailbox, settings, look: look, group)
            throw look.problem(at: Date()).map { IMAPFailure(.certificate, $0) } ?? error
        }
    }

    private static func open(
        _ mailbox: IMAPMailbox, _ settings: IMAPClientSettings, look: CertificateLook?, _ group: any EventLoopGroup
    ) async throws(IMAPFailure) -> IMAPConnection {
        let tls: IMAPTLS?
        do {
            tls = mailbox.security == .none ? nil : try IMAPTLS(mailbox: mailbox, settings: settings, look: look)
        } catch {
            throw IMAPFailure(.certificate, "the certificates that are trusted here cannot be read (\(error))")
        }
        let (channel, handler) = try await connect(mailbox, settings, tls, group)
        switch await step(channel, handler, { _ in }) {
        case .opened(let folder): return IMAPConnection(channel: channel, handler: handler, folder: folder)
        case .failed(let failure): throw failure
        default: throw IMAPFailure(.lost, "the connection was lost")
        }
    }

    /// Which mails there are from a UID on, the oldest first; not all of them where there are very many.
    public func list(from uid: UInt32, through last: UInt32? = nil) async throws(IMAPFailure) -> [IMAPListedMail] {
        guard case .listed(let mails) = try await ask({ $0.list(from: uid, through: last) }) else { throw Self.outOfTurn }
        return mails
    }

    /// - Parameter headOnly: its header without its body.
    public func fetch(_ uid: UInt32, headOnly: Bool = false) async throws(IMAPFailure) -> IMAPFetchedMail {
        guard case .fetched(uid, let mail) = try await ask({ $0.fetch(uid, headOnly: headOnly) }) else { throw Self.outOfTurn }
        return mail
    }

    /// Returns when there may be news.
    public func watch() async throws(IMAPFailure) {
        guard case .news = try await ask({ $0.watch() }) else { throw Self.outOfTurn }
    }

    /// Whether `watch` waits; else it asks, and returns at once.
    public var canIdle: Bool {
        get async { (try? await channel.eventLoop.submit { handler.value.canIdle }.get()) ?? false }
    }

    /// Takes leave, without waiting for the answer.
    public func leave() { channel.eventLoop.execute { handler.value.leave() } }

    private static let outOfTurn = IMAPFailure(.lost, "the connection was lost")

    private func ask(_ begin: @escaping @Sendable (inout IMAPClientSession) -> Void) async throws(IMAPFailure) -> IMAPEvent {
        let event = await Self.step(channel, handler, begin)
        if case .failed(let failure) = event { throw failure }
        return event
    }

    /// Runs one step on the event loop. Where the task is cancelled meanwhile, the connection ends and the step with it.
    private static func step(
        _ channel: any Channel, _ handler: NIOLoopBound<IMAPClientHandler>, _ begin: @escaping @Sendable (inout IMAPClientSession) -> Void
    ) async -> IMAPEvent {
        await withTaskCancellationHandler {
            do {
                return try await channel.eventLoop.flatSubmit { handler.value.step(channel.eventLoop, begin) }.get()
            } catch {
                return .failed(IMAPFailure(.lost, "the connection was lost"))
            }
        } onCancel: {
            channel.eventLoop.execute { handler.value.close("fetching was stopped") }
        }
    }

    private static func connect(
        _ mailbox: IMAPMailbox, _ settings: IMAPClientSettings, _ tls: IMAPTLS?, _ group: any EventLoopGroup
    ) async throws(IMAPFailure) -> (any Channel, NIOLoopBound<IMAPClientHandler>) {
        do {
            return try await ClientBootstrap(group: group)
                .connectTimeout(settings.timeouts.connect)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: mailbox.host, port: mailbox.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if mailbox.security == .tls, let tls { try channel.pipeline.syncOperations.addHandler(tls.handler()) }
                        let handler = IMAPClientHandler(mailbox: mailbox, settings: settings, tls: tls)
                        try channel.pipeline.syncOperations.addHandler(handler)
                        return (channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
                    }
                }
        } catch {
            throw Self.failure(for: error)
        }
    }

    private static func failure(for error: any Error) -> IMAPFailure {
        switch error {
        case ChannelError.connectTimeout: return IMAPFailure(.noConnection, "nobody answered in time")
        case let error as NIOConnectionError:
            guard let failure = error.connectionErrors.first else { return IMAPFailure(.unknownHost, "") }
            if failure.error is ChannelError { return IMAPFailure(.noConnection, "nobody answered in time") }
            let isRefused = (failure.error as? IOError)?.errnoCode == ECONNREFUSED
            return IMAPFailure(.noConnection, isRefused ? "nothing listens there" : "\(failure.error)")
        default: return IMAPFailure(.noConnection, "\(error)")
        }
    }
}
