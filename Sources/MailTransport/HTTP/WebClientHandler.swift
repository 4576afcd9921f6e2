import NIOCore
import NIOHTTP1

/// Moves one request and its answer over a connection, on the event loop.
final class WebClientHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let promise: EventLoopPromise<WebAnswer>
    private var isDone = false
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    /// What `finish` sends.
    private var rest: [HTTPClientRequestPart] = []
    private var answer: WebAnswer?

    init(answer promise: EventLoopPromise<WebAnswer>) { self.promise = promise }

    var future: EventLoopFuture<WebAnswer> { promise.futureResult }

    // MARK: Asked by the connection, on the event loop

    /// Sends all but the last byte. Succeeds with false where an answer came already.
    func begin(_ request: WebRequest, within time: TimeAmount) -> EventLoopFuture<Bool> {
        guard let context, !isDone else { return promise.futureResult.map { _ in false } }
        limit(time, "it did not take the request in time")
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "Host", value: request.address.headerValue)
        headers.replaceOrAdd(name: "Connection", value: "close")
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

    /// Sends the last byte.
    func finish(within time: TimeAmount) {
        guard let context, !isDone else { return }
        limit(time, "it did not answer in time")
        for part in rest { context.write(wrapOutboundOut(part), promise: nil) }
        context.flush()
    }

    func end(_ problem: ConnectionProblem) {
        complete(.failure(problem))
        context?.close(promise: nil)
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
        complete(.failure(ConnectionProblem("the connection was lost")))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            answer = WebAnswer(status: Int(head.status.code), headers: head.headers.map { ($0.name.lowercased(), $0.value) })
        case .body(let bytes):
            let room = WebClient.longestAnswer - (answer?.body.count ?? 0)
            answer?.body += bytes.readableBytesView.prefix(max(room, 0))
        case .end:
            guard let answer else { return }
            complete(.success(answer))
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        complete(.failure(ConnectionProblem("the connection was lost")))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        complete(.failure(ConnectionProblem(losing: error)))
        context.close(promise: nil)
    }

    private func complete(_ result: Result<WebAnswer, ConnectionProblem>) {
        guard !isDone else { return }
        isDone = true
        timer?.cancel()
        switch result {
        case .success(let answer): promise.succeed(answer)
        case .failure(let problem): promise.fail(problem)
        }
    }
}

extension WebAddress {
    fileprivate var headerValue: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isEncrypted ? 443 : 80) ? name : "\(name):\(port)"
    }
}
