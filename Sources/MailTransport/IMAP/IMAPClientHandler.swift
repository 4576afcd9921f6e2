import NIOCore
import NIOSSL
import NIOTLS

/// Moves bytes between a socket and an `IMAPClientSession`, on the event loop. One thing at a time, each with one event as its answer.
final class IMAPClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var session: IMAPClientSession
    private let tls: IMAPTLS?
    private var context: ChannelHandlerContext?
    private var waiting: EventLoopPromise<IMAPEvent>?
    /// What came before anybody waited for it: a mail that is too large, and the end of the connection behind it.
    private var events: [IMAPEvent] = []
    private var timer: Scheduled<Void>?
    /// The session's progress for which the timer runs.
    private var timed = -1

    init(mailbox: IMAPMailbox, settings: IMAPClientSettings, tls: IMAPTLS?) {
        session = IMAPClientSession(mailbox: mailbox, settings: settings)
        self.tls = tls
    }

    // MARK: Asked by the connection, on the event loop

    /// Lets the session begin something; succeeds with what came of it.
    func step(_ eventLoop: any EventLoop, _ begin: (inout IMAPClientSession) -> Void) -> EventLoopFuture<IMAPEvent> {
        begin(&session)
        run()
        if !events.isEmpty { return eventLoop.makeSucceededFuture(events.removeFirst()) }
        if session.isClosed { return eventLoop.makeSucceededFuture(.failed(IMAPFailure(.lost, "the connection was lost"))) }
        let promise = eventLoop.makePromise(of: IMAPEvent.self)
        waiting = promise
        return promise.futureResult
    }

    var canIdle: Bool { session.canIdle }

    func leave() {
        guard session.isReady else { return close("it is not needed any more") }
        session.leave()
        run()
    }

    func close(_ words: String) {
        session.lost(.lost, words)
        run()
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        if let address = context.remoteAddress, !AllowedPeer.isAllowed(address) {
            session.lost(.forbiddenAddress, "")
        }
        run()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        session.receive(unwrapInboundIn(data))
        run()
    }

    func channelInactive(context: ChannelHandlerContext) {
        session.lost(.lost, "the connection was lost")
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
        let problem = IMAPTLS.failure(for: error)
        session.lost(problem.kind, problem.words)
        run()
        context.close(promise: nil)
    }

    // MARK: Doing what the session wants

    private func run() {
        while let action = session.next() {
            switch action {
            case .send(let bytes): context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
            case .startTLS: beginTLS()
            case .event(let event): tell(event)
            case .close: context?.close(promise: nil)
            }
        }
        watch()
    }

    private func beginTLS() {
        guard let context, let tls else { return session.lost(.noEncryption, "encryption is not set up") }
        do {
            try context.pipeline.syncOperations.addHandler(tls.handler(), position: .first)
        } catch {
            session.lost(.noEncryption, "encryption could not be started (\(error))")
        }
    }

    private func tell(_ event: IMAPEvent) {
        if let waiting {
            self.waiting = nil
            waiting.succeed(event)
        } else {
            events.append(event)
        }
    }

    private func watch() {
        if timer != nil, timed == session.progress, session.timeLimit != nil { return }
        timer?.cancel()
        timer = nil
        guard let context, let limit = session.timeLimit else { return }
        timed = session.progress
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: limit) {
            bound.value.timer = nil
            bound.value.session.timedOut()
            bound.value.run()
        }
    }
}
