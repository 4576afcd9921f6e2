import NIOCore
import NIOSSL
import NIOTLS

/// Moves bytes between a socket and an `SMTPClientSession`, on the event loop. One thing at a time: opening, a mail up to its
/// final dot, the dot.
final class SMTPClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// So much of a mail goes to the socket at a time; each block has `timeouts.block` to leave.
    private static let blockBytes = 65_536

    private var session: SMTPClientSession
    private let settings: SMTPClientSettings
    private let tls: NIOSSLContext?
    private let serverName: String?
    private var context: ChannelHandlerContext?
    /// Who waits for the present step; succeeds with nil where the next step may begin.
    private var waiting: EventLoopPromise<SendOutcome?>?
    /// What the step came to before anybody waited for it.
    private var result: SendOutcome??
    private var text = ByteBuffer()
    private var timer: Scheduled<Void>?
    /// The session's progress for which the timer runs.
    private var timed = -1
    private var idleTimer: Scheduled<Void>?
    private var problem: ConnectionProblem?
    private let observer: (@Sendable (SendStage) -> Void)?
    /// What the observer heard last.
    private var told: SendStage?

    /// - Parameters:
    ///   - tls: nil where the relay is never spoken to encrypted.
    ///   - serverName: the name that the certificate must carry; nil for an IP address.
    ///   - observer: hears each stage when it begins.
    init(
        relay: SMTPRelay, settings: SMTPClientSettings, tls: NIOSSLContext?, serverName: String?,
        observer: (@Sendable (SendStage) -> Void)? = nil
    ) {
        self.observer = observer
        session = SMTPClientSession(relay: relay, settings: settings)
        self.settings = settings
        self.tls = tls
        self.serverName = serverName
    }

    // MARK: Asked by the connection, on the event loop

    /// Succeeds with nil once a mail may begin, else with why not.
    func opened(on eventLoop: any EventLoop) -> EventLoopFuture<SendOutcome?> { wait(on: eventLoop) }

    /// Says MAIL, RCPT, DATA and sends the text. Succeeds with nil once only the final dot is missing.
    func begin(_ mail: SMTPClientSession.Mail, text: ByteBuffer, on eventLoop: any EventLoop) -> EventLoopFuture<SendOutcome?> {
        idleTimer?.cancel()
        idleTimer = nil
        guard session.isReady else { return eventLoop.makeSucceededFuture(.temporary(.sender, .words("the connection was lost"))) }
        self.text = text
        let future = wait(on: eventLoop)
        session.begin(mail)
        run()
        return future
    }

    /// Sends the final dot. Succeeds with what became of the mail.
    func sendFinalDot(on eventLoop: any EventLoop) -> EventLoopFuture<SendOutcome?> {
        // A connection that was lost meanwhile has left its outcome.
        let future = wait(on: eventLoop)
        session.sendFinalDot()
        run()
        return future
    }

    /// Ends the connection in the middle of a mail; succeeds with what became of it.
    func abandon(_ words: String, on eventLoop: any EventLoop) -> EventLoopFuture<SendOutcome?> {
        let future = wait(on: eventLoop)
        session.abandon(words)
        run()
        return future
    }

    var isReady: Bool { session.isReady && context != nil }

    /// Closes by itself after a while without work.
    func beIdle() {
        guard let context, session.isReady else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        idleTimer?.cancel()
        idleTimer = context.eventLoop.scheduleTask(in: settings.idleTimeout) { bound.value.quit() }
    }

    func quit() {
        session.quit()
        run()
    }

    func close(_ words: String) {
        session.lost(words)
        run()
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        if settings.isProxy { context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "PROXY UNKNOWN\r\n")), promise: nil) }
        run()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        session.receive(unwrapInboundIn(data))
        run()
    }

    func channelInactive(context: ChannelHandlerContext) {
        session.lost(problem?.words ?? "the connection was lost", isRelayFault: problem?.isRelayFault ?? false)
        run()
        self.context = nil
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event {
            session.tlsEstablished()
            run()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let problem = ConnectionProblem(losing: error)
        self.problem = problem
        session.lost(problem.words, isRelayFault: problem.isRelayFault)
        run()
        context.close(promise: nil)
    }

    // MARK: Doing what the session wants

    private func run() {
        while let action = session.next() {
            switch action {
            case .send(let bytes):
                context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
            case .startTLS:
                beginTLS()
            case .ready:
                complete(nil)
            case .sendBody:
                sendNextBlock()
            case .finished(let outcome):
                complete(outcome)
            case .close:
                context?.close(promise: nil)
            }
        }
        tell()
        watch()
    }

    private func tell() {
        guard let observer, !session.isClosed, session.stage != told else { return }
        told = session.stage
        observer(session.stage)
    }

    private func beginTLS() {
        guard let context, let tls else { return session.lost("encryption is not set up") }
        do {
            let handler = try NIOSSLClientHandler(context: tls, serverHostname: serverName)
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            session.lost("encryption could not be started: \(error)")
        }
    }

    private func sendNextBlock() {
        guard let context else { return }
        guard let block = text.readSlice(length: min(text.readableBytes, Self.blockBytes)), block.readableBytes > 0 else {
            text = ByteBuffer()
            session.bodySent()
            run()
            if !session.isClosed { complete(nil) }
            return
        }
        // Each block has its own time to leave.
        timed = -1
        watch()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(block)).whenSuccess { bound.value.sendNextBlock() }
    }

    private func watch() {
        if timer != nil, timed == session.progress, session.timeLimit != nil { return }
        timer?.cancel()
        timer = nil
        guard let context, let limit = session.timeLimit else { return }
        timed = session.progress
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: limit) {
            bound.value.session.timedOut()
            bound.value.run()
        }
    }

    // MARK: Results

    private func wait(on eventLoop: any EventLoop) -> EventLoopFuture<SendOutcome?> {
        if let result {
            self.result = nil
            return eventLoop.makeSucceededFuture(result)
        }
        let promise = eventLoop.makePromise(of: SendOutcome?.self)
        waiting = promise
        return promise.futureResult
    }

    private func complete(_ outcome: SendOutcome?) {
        if let waiting {
            self.waiting = nil
            waiting.succeed(outcome)
        } else {
            result = .some(outcome)
        }
    }
}
