import Desk
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Store

/// Takes `GET /events` out of a connection before the routes see it, and is the stream from then on.
///
/// A stream lives for hours and does nothing most of the time. So the connection sheds what only requests need: the HTTP codec and the
/// idle clock. Bytes of events go from here straight to the socket.
final class EventStreamHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A browser that lets this many bytes pile up is cut off; it resumes by its cursor.
    static let mostPending = 512 * 1024
    /// Longer paths are not ours.
    static let longestPath = 2_048

    private enum State {
        /// Requests go on to the routes; so many of them wait for their answer.
        case requests(unanswered: Int)
        /// A stream was asked for; the rest of its request is read.
        case asked(StreamRequest)
        case stream
        case closed
    }

    private let streams: EventStreams
    private var state = State.requests(unanswered: 0)
    private var context: ChannelHandlerContext?
    private(set) var owner: StreamOwner?
    /// The last event that this stream has.
    private var position: Int64 = 0
    /// Where it stands among its loop's streams.
    var place: Int?

    init(streams: EventStreams) { self.streams = streams }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    // MARK: Before it is a stream

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .requests(let unanswered):
            let part = unwrapInboundIn(data)
            if case .head(let head) = part {
                if unanswered == 0, let request = StreamRequest(head) {
                    state = .asked(request)
                    return
                }
                state = .requests(unanswered: unanswered + 1)
            }
            context.fireChannelRead(data)
        case .asked(let request):
            guard case .end = unwrapInboundIn(data) else { return }
            state = .stream
            becomeStream(request, context)
        case .stream, .closed: break
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .requests(let unanswered) = state, case .end = unwrapOutboundIn(data) {
            state = .requests(unanswered: max(0, unanswered - 1))
        }
        context.write(data, promise: promise)
    }

    private func becomeStream(_ request: StreamRequest, _ context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        let loop = context.eventLoop
        func removing<Handler: RemovableChannelHandler>(_ type: Handler.Type) -> EventLoopFuture<Void> {
            guard let handler = try? pipeline.handler(type: type) else { return loop.makeSucceededVoidFuture() }
            return pipeline.removeHandler(handler)
        }
        try? context.channel.syncOptions?.setOption(.writeBufferWaterMark, value: .init(low: 64 * 1024, high: Self.mostPending))
        let gone = [
            removing(HTTPConnectionStateHandler.self), removing(HTTP1ToHTTPServerCodec.self), removing(HTTPResponseEncoder.self),
            removing(ByteToMessageHandler<HTTPRequestDecoder>.self),
        ]
        let bound = NIOLoopBound(self, eventLoop: loop)
        EventLoopFuture.andAllComplete(gone, on: loop).whenSuccess { [streams] in
            guard case .stream = bound.value.state else { return }
            streams.arrived(StreamArrival(request: request, handler: bound, loop: loop))
        }
    }

    // MARK: As a stream

    private var isOpen: Bool {
        if case .stream = state { return context != nil }
        return false
    }

    /// Says no and ends.
    func refuse(_ status: String, _ words: String) {
        guard isOpen, let context else { return }
        state = .closed
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(NIOAny(EventBytes.refusal(status, words))).assumeIsolated().whenComplete { _ in
            bound.value.close(promise: nil)
        }
    }

    /// Begins the answer; false where the browser has already gone.
    func begin(_ owner: StreamOwner, head: ByteBuffer) -> Bool {
        guard isOpen, let context else { return false }
        self.owner = owner
        streams.opened(self, owner, on: context.eventLoop)
        context.writeAndFlush(NIOAny(head), promise: nil)
        return true
    }

    /// Begins reading after this event; tells the browser so in `words`.
    func start(after cursor: Int64, _ words: ByteBuffer?) {
        position = cursor
        if let words, isOpen { context?.writeAndFlush(NIOAny(words), promise: nil) }
    }

    enum Turn: Sendable {
        /// It now gets what comes.
        case live
        /// It lacks what stands between these two, the second included.
        case behind(after: Int64, through: Int64)
        case gone
    }

    /// Goes live if it has everything up to its loop's cursor. Deliveries happen on this loop too, so nothing can slip in between.
    func goLive() -> Turn {
        guard isOpen, let owner, let context else { return .gone }
        return streams.withLoop(context.eventLoop) { loop in
            guard let cursor = loop.cursor, position < cursor else {
                loop.goLive(self, audience: owner.audience)
                return .live
            }
            return .behind(after: position, through: cursor)
        } ?? .gone
    }

    /// Writes what it missed; done when the bytes have left, so that a slow browser is waited for.
    func catchUp(_ bytes: ByteBuffer?, to cursor: Int64) -> EventLoopFuture<Void>? {
        guard isOpen, let context else { return nil }
        position = cursor
        guard let bytes else { return context.eventLoop.makeSucceededVoidFuture() }
        return context.writeAndFlush(NIOAny(bytes))
    }

    /// Live events; those that it already has are left out.
    func send(_ all: ByteBuffer, _ events: [(id: Int64, at: Int)]) {
        guard isOpen, let context, let last = events.last, last.id > position else { return }
        guard context.channel.isWritable else { return close() }
        var bytes = all
        if let first = events.first, first.id <= position, let new = events.first(where: { $0.id > position }) {
            bytes.moveReaderIndex(to: new.at)
        }
        position = last.id
        context.writeAndFlush(NIOAny(bytes), promise: nil)
    }

    func comment() {
        guard isOpen, let context else { return }
        guard context.channel.isWritable else { return close() }
        context.writeAndFlush(NIOAny(EventBytes.comment), promise: nil)
    }

    func close() { context?.close(promise: nil) }

    // MARK: The end

    func channelInactive(context: ChannelHandlerContext) {
        end(context)
        context.fireChannelInactive()
    }

    /// A browser that closes its side has gone; nobody speaks half on a stream. At the end of the server streams go at once.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .stream = state, event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed {
            return context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .stream = state { return context.close(promise: nil) }
        context.fireErrorCaught(error)
    }

    private func end(_ context: ChannelHandlerContext) {
        guard case .stream = state else { return }
        state = .closed
        guard let owner else { return }
        streams.closed(self, owner, on: context.eventLoop)
    }
}
