import NIOCore
import NIOPosix
import NIOSSL

/// One connection to the relay, as seen from a task.
struct SMTPConnection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<SMTPClientHandler>
    /// Mails that have gone over it.
    var mails = 0

    /// Connects and does all that comes before the first mail.
    static func open(
        to relay: SMTPRelay, settings: SMTPClientSettings, tls: NIOSSLContext?, group: any EventLoopGroup
    ) async -> Result<SMTPConnection, OpeningFailed> {
        let serverName = relay.host.isIPAddress ? nil : relay.host
        let observer = SendProgress.observer
        let connection: SMTPConnection
        do {
            connection = try await ClientBootstrap(group: group)
                .connectTimeout(settings.timeouts.connect)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: relay.host, port: relay.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if relay.encryption == .implicit, let tls {
                            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: serverName))
                        }
                        let handler = SMTPClientHandler(
                            relay: relay, settings: settings, tls: tls, serverName: serverName, observer: observer)
                        try channel.pipeline.syncOperations.addHandler(handler)
                        return SMTPConnection(channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
                    }
                }
        } catch {
            return .failure(OpeningFailed(outcome: .temporary(.connecting, .words(ConnectionProblem(connecting: error).words))))
        }
        if let outcome = await connection.step({ $0.opened(on: $1) }) { return .failure(OpeningFailed(outcome: outcome)) }
        return .success(connection)
    }

    struct OpeningFailed: Error {
        var outcome: SendOutcome
    }

    /// Sends a mail up to its final dot; nil where the dot may go.
    func begin(_ mail: SMTPClientSession.Mail, text: ByteBuffer) async -> SendOutcome? {
        await step { $0.begin(mail, text: text, on: $1) }
    }

    func sendFinalDot() async -> SendOutcome {
        await step { $0.sendFinalDot(on: $1) } ?? .uncertain("it did not answer")
    }

    func abandon(_ words: String) async -> SendOutcome {
        await step { $0.abandon(words, on: $1) } ?? .temporary(.beforeFinalDot, .words(words))
    }

    var isReady: Bool {
        get async { (try? await channel.eventLoop.submit { handler.value.isReady }.get()) ?? false }
    }

    /// Keeps the connection for later; it closes by itself after the idle time.
    func beIdle() { channel.eventLoop.execute { handler.value.beIdle() } }

    func quit() { channel.eventLoop.execute { handler.value.quit() } }

    /// Runs one step on the event loop. Where the task is cancelled meanwhile, the connection ends and the step with it: what is
    /// certain and what is not is told as after any other loss.
    private func step(
        _ body: @escaping @Sendable (SMTPClientHandler, any EventLoop) -> EventLoopFuture<SendOutcome?>
    ) async -> SendOutcome? {
        await withTaskCancellationHandler {
            do {
                return try await channel.eventLoop.flatSubmit { body(handler.value, channel.eventLoop) }.get()
            } catch {
                return .temporary(.connecting, .words("the connection was lost (\(error))"))
            }
        } onCancel: {
            channel.eventLoop.execute { handler.value.close("sending was stopped") }
        }
    }
}
