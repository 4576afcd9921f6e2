import Foundation
import NIOCore
import NIOPosix

/// A mail server on a real socket that behaves until one stage, and there goes wrong in one way.
struct MisbehavingRelay {
    enum Stage: String, CaseIterable, Sendable {
        case connect, banner
        case hello = "EHLO"
        case startTLS = "STARTTLS"
        case authentication = "AUTH"
        case sender = "MAIL"
        case recipient = "RCPT"
        case data = "DATA"
        case body, dot
        case quit = "QUIT"
    }

    enum Fault: String, CaseIterable, Sendable {
        case r421 = "421"
        case r450 = "450"
        case r451 = "451"
        case r452 = "452"
        case r535 = "535"
        case r550 = "550"
        case r552 = "552"
        case r554 = "554"
        /// The connection is closed in order; at `connect`: nothing listens.
        case drop
        /// The connection is torn down (RST).
        case reset
        /// Never another word, and nothing is read any more.
        case stall
        case garbage
        /// A reply whose last line never comes.
        case endless
    }

    /// Runs one for as long as `body` does.
    static func run(_ stage: Stage, _ fault: Fault, _ body: (_ port: Int) async throws -> Void) async throws {
        if stage == .connect, fault == .stall { return try await withFullQueue(body) }
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.socketOption(.so_rcvbuf), value: 8_192)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(MisbehavingRelayHandler(stage, fault))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = listener.localAddress?.port ?? 0
        if stage == .connect, fault == .drop { try await listener.close() }
        do {
            try await body(port)
        } catch {
            try? await listener.close()
            throw error
        }
        try? await listener.close()
    }

    /// A port whose queue of connections is full, so that nobody answers a further one.
    private static func withFullQueue(_ body: (_ port: Int) async throws -> Void) async throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(listener, address, length)
                _ = listen(listener, 0)
                _ = getsockname(listener, address, &length)
            }
        }
        let fillers = (0..<4).map { _ in socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0) }
        defer { for filler in fillers { close(filler) } }
        for filler in fillers {
            withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = connect(filler, $0, length) }
            }
        }
        try await body(Int(UInt16(bigEndian: address.sin_port)))
    }
}

private final class MisbehavingRelayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let stage: MisbehavingRelay.Stage
    private let fault: MisbehavingRelay.Fault
    private var rest = ByteBuffer()
    private var isInText = false
    private var isOver = false

    init(_ stage: MisbehavingRelay.Stage, _ fault: MisbehavingRelay.Fault) {
        self.stage = stage
        self.fault = fault
    }

    func channelActive(context: ChannelHandlerContext) {
        if stage == .connect { return goWrong(context) }
        answer(.banner, "220 relay.test", context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        rest.writeBuffer(&bytes)
        while !isOver, let end = rest.readableBytesView.firstIndex(of: 0x0A) {
            let line = (rest.readString(length: end - rest.readerIndex + 1) ?? "").trimmingCharacters(in: .newlines)
            take(line, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func take(_ line: String, _ context: ChannelHandlerContext) {
        if isInText {
            guard line == "." else { return stage == .body ? goWrong(context) : () }
            isInText = false
            return answer(.dot, "250 2.0.0 taken", context)
        }
        switch line.prefix(4).uppercased() {
        case "EHLO", "HELO": answer(.hello, "250-relay.test\r\n250-STARTTLS\r\n250 AUTH PLAIN", context)
        case "STAR": answer(.startTLS, "454 4.7.0 not here", context)
        case "AUTH": answer(.authentication, "235 2.7.0 welcome", context)
        case "MAIL": answer(.sender, "250 2.1.0 ok", context)
        case "RCPT": answer(.recipient, "250 2.1.5 ok", context)
        case "DATA":
            isInText = stage != .data
            answer(.data, "354 go on", context)
        case "QUIT": answer(.quit, "221 2.0.0 bye", context)
        default: say("250 2.0.0 ok", context)
        }
    }

    private func answer(_ stage: MisbehavingRelay.Stage, _ line: String, _ context: ChannelHandlerContext) {
        if stage == self.stage { goWrong(context) } else { say(line, context) }
    }

    private func say(_ line: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\r\n")), promise: nil)
    }

    private func goWrong(_ context: ChannelHandlerContext) {
        isOver = [.drop, .reset, .stall, .garbage, .endless].contains(fault) || stage == .body
        // Whoever sends a text and is told of the fault must not be able to be done with it before.
        if isOver { _ = context.channel.setOption(.autoRead, value: false) }
        switch fault {
        case .drop: context.close(promise: nil)
        case .reset:
            _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            context.close(promise: nil)
        case .stall: break
        case .garbage: say("<html>what is this?</html>", context)
        case .endless: sayWithoutEnd(context)
        default: say("\(fault.rawValue) \(fault.rawValue.prefix(1)).0.0 told so", context)
        }
    }

    private func sayWithoutEnd(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let lines = String(repeating: "250-and more\r\n", count: 20)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: lines))).whenSuccess {
            let (handler, context) = bound.value
            // Each piece on a turn of its own, for as long as the other side listens.
            context.eventLoop.execute {
                let (handler, context) = bound.value
                if context.channel.isActive { handler.sayWithoutEnd(context) }
            }
            _ = handler
        }
    }
}
