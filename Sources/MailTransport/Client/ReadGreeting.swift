import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// Looks who answers at an SMTP port, as the server of somebody who writes to us would: connects, reads the first line, hangs up.
public enum ReadGreeting {
    public enum Answer: Sendable, Hashable {
        /// The first line, at most 512 bytes (RFC 5321 §4.5.3.1.5).
        case greeting(String)
        /// Nobody listens there.
        case refused
        /// No answer in time.
        case silent
    }

    /// - Parameter seconds: for the connection, and again for the line.
    public static func run(host: String, port: Int, seconds: Int64) async -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let line = loop.makePromise(of: String?.self)
        do {
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(.seconds(seconds))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(GreetingHandler(line)) }
                }
                .connect(host: host, port: port).get()
            let timer = loop.scheduleTask(in: .seconds(seconds)) { line.succeed(nil) }
            let text = try await line.futureResult.get()
            timer.cancel()
            try? await channel.writeAndFlush(ByteBuffer(string: "QUIT\r\n"))
            channel.close(promise: nil)
            return text.map { .greeting($0) } ?? .silent
        } catch {
            line.succeed(nil)
            let causes = (error as? NIOConnectionError)?.connectionErrors.map(\.error) ?? [error]
            return causes.contains { ($0 as? IOError)?.errnoCode == ECONNREFUSED } ? .refused : .silent
        }
    }
}

/// Takes the first line; whoever comes later finds the promise kept.
private final class GreetingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let line: EventLoopPromise<String?>
    private var text: [UInt8] = []

    init(_ line: EventLoopPromise<String?>) { self.line = line }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard text.count < 512 else { return }
        text += unwrapInboundIn(data).readableBytesView.prefix(512 - text.count)
        guard text.count == 512 || text.contains(UInt8(ascii: "\n")) else { return }
        let first = text.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        line.succeed(String(decoding: first, as: UTF8.self))
    }

    func channelInactive(context: ChannelHandlerContext) { line.succeed(nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
