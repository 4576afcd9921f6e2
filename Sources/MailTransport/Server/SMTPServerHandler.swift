import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// What a connection asks the application.
enum InboundQuestion: Sendable {
    case recipient(String, InboundEnvelope)
    case store(ByteBuffer, InboundEnvelope)
    /// Not a question: nothing is answered.
    case note(SMTPReply, InboundEnvelope)
}

/// What the application says; nil where it failed.
enum InboundAnswer: Sendable {
    case recipient(RecipientAnswer?)
    case store([StoreAnswer]?)
}

/// Moves bytes between a socket and an `SMTPServerSession`, on the event loop; only the session's questions leave it.
final class SMTPServerHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = InboundQuestion
    typealias OutboundIn = InboundAnswer
    typealias OutboundOut = ByteBuffer

    private var session: SMTPServerSession
    private let tls: ServerTLS?
    private let register: ConnectionRegister
    private let guesses: GuessCounts
    private let memory: InboundMemory
    /// What of `memory` is ours.
    private var taken = 0
    /// The size of the mail that the application is storing.
    private var storing = 0
    private let logger: Logger
    private var replies = ByteBuffer()
    private var heldRead = false
    private var isClosing = false
    /// When the peer has been silent for too long; nil while it is not its turn.
    private var deadline: NIODeadline?
    /// What the deadline is for.
    private var watchedStep = -1
    private var timer: (due: NIODeadline, task: Scheduled<Void>)?
    private var pause: Scheduled<Void>?
    /// When the mail that is coming in began, for the least data rate.
    private var dataBegan: NIODeadline?

    init(
        session: SMTPServerSession, tls: ServerTLS?, register: ConnectionRegister, guesses: GuessCounts, memory: InboundMemory,
        logger: Logger
    ) {
        self.session = session
        self.tls = tls
        self.register = register
        self.guesses = guesses
        self.memory = memory
        self.logger = logger
    }

    func channelActive(context: ChannelHandlerContext) {
        // The async channel behind takes its writer over first.
        context.fireChannelActive()
        run(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.task.cancel()
        pause?.cancel()
        isClosing = true
        memory.change(by: -taken)
        taken = 0
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        session.receive(unwrapInboundIn(data))
        run(context)
    }

    /// Reads no more while enough waits in the session, or while the peer does not read our replies.
    func read(context: ChannelHandlerContext) {
        if session.wantsBytes && context.channel.isWritable || isClosing {
            context.read()
        } else {
            heldRead = true
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .recipient(.refuse(let reply)):
            session.answer(.refuse(reply), refusedBefore: guesses.count(session.remoteAddress, at: context.eventLoop.now))
        case .recipient(let answer): session.answer(answer)
        case .store(let answer):
            storing = 0
            session.stored(answer)
        }
        promise?.succeed()
        run(context)
    }

    /// Replies are flushed as they are written; what the async channel behind asks for has nothing to flush.
    func flush(context: ChannelHandlerContext) {}

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        readOn(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted:
            let version = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self).tlsVersion
            session.tlsEstablished(version?.name ?? "TLS")
            run(context)
        case is ConnectionRegister.ShutDown:
            session.shutDown()
            run(context)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A peer that went away, or no TLS handshake: nothing to say to it any more.
        logger.debug("An SMTP connection broke", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }

    /// Does what the session wants until it waits for something.
    private func run(_ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        while let action = session.next() {
            switch action {
            case .reply(let reply):
                reply.write(into: &replies)
            case .wait(let time):
                flushReplies(context)
                let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
                pause = context.eventLoop.scheduleTask(in: time) {
                    let (handler, context) = bound.value
                    handler.session.waited()
                    handler.run(context)
                }
            case .ask(let recipient, let envelope):
                // Replies to pipelined commands before it may go with its own (RFC 2920 §3.2): one packet fewer.
                context.fireChannelRead(wrapInboundOut(.recipient(recipient, envelope)))
                context.fireChannelReadComplete()
            case .store(let message, let envelope):
                storing = message.readableBytes
                flushReplies(context)
                context.fireChannelRead(wrapInboundOut(.store(message, envelope)))
                context.fireChannelReadComplete()
            case .note(let reply, let envelope):
                context.fireChannelRead(wrapInboundOut(.note(reply, envelope)))
                context.fireChannelReadComplete()
            case .admit(let address):
                session.admitted(register.admit(context.channel, from: address))
            case .startTLS:
                flushReplies(context)
                beginTLS(context)
            case .close:
                isClosing = true
                flushReplies(context)
                context.close(promise: nil)
                return
            }
        }
        if session.timeLimit != nil { flushReplies(context) }
        guard fitsIntoMemory() else {
            session.outOfMemory()
            return run(context)
        }
        watch(context)
        readOn(context)
    }

    private func readOn(_ context: ChannelHandlerContext) {
        guard heldRead, session.wantsBytes, context.channel.isWritable else { return }
        heldRead = false
        context.read()
    }

    /// Brings the account of memory up to date; false where there is too much mail in it, and more of ours has come.
    private func fitsIntoMemory() -> Bool {
        let now = max(storing, session.incomingBytes ?? 0)
        defer { taken = now }
        let fits = memory.change(by: now - taken)
        return fits || now <= taken || session.incomingBytes == nil
    }

    private func flushReplies(_ context: ChannelHandlerContext) {
        guard replies.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(replies), promise: nil)
        replies = ByteBuffer()
    }

    private func beginTLS(_ context: ChannelHandlerContext) {
        guard let tls else { return context.close(promise: nil) }
        do {
            try context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.context), position: .first)
        } catch {
            logger.error("TLS could not be started", metadata: ["error": "\(error)"])
            context.close(promise: nil)
        }
    }

    // MARK: Time

    /// Sets the deadline anew. One timer looks after it: a timer for each command would cost more than the command.
    private func watch(_ context: ChannelHandlerContext) {
        guard let limit = session.timeLimit else {
            deadline = nil
            dataBegan = nil
            return
        }
        // A command has its time from when it was waited for: a byte now and then does not lengthen it.
        if deadline != nil, session.incomingBytes == nil, session.step == watchedStep { return }
        watchedStep = session.step
        let now = context.eventLoop.now
        var next = now + limit
        if let bytes = session.incomingBytes {
            let began = dataBegan ?? now
            dataBegan = began
            let allowed = began + limit + .seconds(Int64(bytes / max(session.leastDataRate, 1)))
            next = min(next, allowed)
        } else {
            dataBegan = nil
        }
        deadline = next
        // One that is due earlier will look again by itself.
        if let timer, timer.due <= next { return }
        timer?.task.cancel()
        arm(context, at: next)
    }

    private func arm(_ context: ChannelHandlerContext, at time: NIODeadline) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleTask(deadline: time) {
            let (handler, context) = bound.value
            handler.timer = nil
            guard let deadline = handler.deadline else { return }
            if deadline <= context.eventLoop.now {
                handler.session.timedOut()
                handler.run(context)
            } else {
                handler.arm(context, at: deadline)
            }
        }
        timer = (time, task)
    }
}
