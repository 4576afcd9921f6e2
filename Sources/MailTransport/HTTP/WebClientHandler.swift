import NIOCore
import NIOHTTP1

/// Moves requests and their answers over a connection, one after the other, on the event loop.
final class WebClientHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// Of the request that was begun last; nil before the first.
    private var promise: EventLoopPromise<WebAnswer>?
    /// It has its answer, or never will.
    private var isDone = true
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    /// What `finish` sends; empty once it has.
    private var rest: [HTTPClientRequestPart] = []
    private var answer: WebAnswer?
    /// Whether the connection stays when the answer is there.
    private var keeps = false
    private(set) var isReady = false
    /// Why the connection has ended; nil while it stands.
    private var ended: ConnectionProblem?

    // MARK: Asked by the connection, on the event loop

    /// Sends all but the last byte. Succeeds with false where an answer came already.
    func begin(_ request: WebRequest, keeps: Bool, within time: TimeAmount, on eventLoop: any EventLoop) -> EventLoopFuture<Bool> {
        promise = eventLoop.makePromise()
        (isDone, isReady, answer, rest, self.keeps) = (false, false, nil, [], keeps)
        guard let context, context.channel.isActive else {
            complete(.failure(ended ?? Self.lost))
            return eventLoop.makeSucceededFuture(false)
        }
        limit(time, "it did not take the request in time")
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "Host", value: request.address.headerValue)
        if !keeps { headers.replaceOrAdd(name: "Connection", value: "close") }
        if request.method != "GET" || !request.body.isEmpty {
            headers.replaceOrAdd(name: "Content-Length", value: "\(request.body.count)")
        }
        let head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.path, headers: headers)
        guard let last = request.body.last else {
            rest = [.head(head), .end(nil)]
            return context.eventLoop.makeSucceededFuture(true)
        }
        rest = [.body(.byteBuffer(ByteBuffer(bytes: [last]))), .end(nil)]
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        return context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: request.body.dropLast()))))).map {
            !bound.value.isDone
        }
    }

    /// Sends the last byte; false where it does not, since the connection ended or an answer came.
    func finish(within time: TimeAmount) -> Bool {
        guard let context, !isDone, context.channel.isActive else { return false }
        limit(time, "it did not answer in time")
        let parts = rest
        rest = []
        for part in parts { context.write(wrapOutboundOut(part), promise: nil) }
        context.flush()
        return true
    }

    func answered(on eventLoop: any EventLoop) -> EventLoopFuture<WebAnswer> {
        promise?.futureResult ?? eventLoop.makeFailedFuture(ConnectionProblem("nothing was asked"))
    }

    func beIdle(for time: TimeAmount) {
        guard isReady else { return }
        limit(time, "nothing was asked any more")
    }

    func end(_ problem: ConnectionProblem) {
        fail(problem)
        context?.close(promise: nil)
    }

    private static let lost = ConnectionProblem("the connection was lost")

    private func fail(_ problem: ConnectionProblem) {
        isReady = false
        ended = ended ?? problem
        complete(.failure(problem))
    }

    private func limit(_ time: TimeAmount, _ words: String) {
        guard let context else { return }
        timer?.cancel()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: time) { bound.value.end(ConnectionProblem(words)) }
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        fail(Self.lost)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            keeps = keeps && head.isKeepAlive
            answer = WebAnswer(status: Int(head.status.code), headers: head.headers.map { ($0.name.lowercased(), $0.value) })
        case .body(let bytes):
            let room = WebClient.longestAnswer - (answer?.body.count ?? 0)
            answer?.body += bytes.readableBytesView.prefix(max(room, 0))
        case .end:
            guard let answer else { return }
            // Where the rest of the request has not left, the server waits for it in vain.
            isReady = keeps && rest.isEmpty
            complete(.success(answer))
            if !isReady { context.close(promise: nil) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(Self.lost)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(ConnectionProblem(losing: error))
    }

    private func complete(_ result: Result<WebAnswer, ConnectionProblem>) {
        guard !isDone else { return }
        isDone = true
        timer?.cancel()
        switch result {
        case .success(let answer): promise?.succeed(answer)
        case .failure(let problem): promise?.fail(problem)
        }
    }
}

extension WebAddress {
    fileprivate var headerValue: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isEncrypted ? 443 : 80) ? name : "\(name):\(port)"
    }
}
