import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Speaks HTTP/1.1 with the interfaces of providers, one connection for each request.
///
/// A server acts on a request when its last byte is there. So the last byte is for a request what the final dot is for a mail: whatever goes
/// wrong before it has certainly not been taken, whatever leaves no clear answer after it is uncertain.
public struct WebClient: Sendable {
    public struct Timeouts: Sendable {
        public var connect = TimeAmount.seconds(30)
        /// For all of the request to leave.
        public var sending = TimeAmount.minutes(5)
        public var answer = TimeAmount.minutes(2)

        public init() {}
    }

    /// Bytes of an answer's body; what is longer is cut off.
    static let longestAnswer = 1 << 20

    private let tls: NIOSSLContext
    private let timeouts: Timeouts
    private let group: any EventLoopGroup
    private let turns: Turns
    private let pace: Pace?
    private let reach: @Sendable (WebAddress) -> WebAddress

    /// - Parameters:
    ///   - additionalTrustRoots: certificates (a PEM file) trusted beside the system's.
    ///   - maxConnections: requests at the same time; more wait.
    ///   - maxPerMinute: requests in a minute; 0 for no limit.
    ///   - reach: where an address is really connected to, while its certificate must still carry its own name; tests say their own server.
    /// - Throws: `MailTransportError.certificate` where `additionalTrustRoots` cannot be read.
    public init(
        timeouts: Timeouts = Timeouts(), additionalTrustRoots: String? = nil, maxConnections: Int = 4, maxPerMinute: Int = 0,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        reach: @escaping @Sendable (WebAddress) -> WebAddress = { $0 }
    ) throws(MailTransportError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let additionalTrustRoots { configuration.additionalTrustRoots = [.file(additionalTrustRoots)] }
        do {
            tls = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .certificate(path: additionalTrustRoots ?? "of the system", reason: "\(error)")
        }
        self.timeouts = timeouts
        turns = Turns(maxConnections)
        pace = Pace(perMinute: maxPerMinute)
        self.group = group
        self.reach = reach
    }

    /// - Parameter beforeLastByte: awaited when only the last byte is missing; where it throws, the server never gets it.
    public func run(_ request: WebRequest, beforeLastByte: @Sendable () async throws -> Void = {}) async -> WebOutcome {
        guard await turns.take() else { return .notSent("sending was stopped", isFault: false) }
        defer { turns.give() }
        guard await pace?.wait() ?? true else { return .notSent("sending was stopped", isFault: false) }
        let connection: WebConnection
        do {
            connection = try await open(request.address)
        } catch {
            return .notSent(ConnectionProblem(connecting: error).words, isFault: false)
        }
        // A connection that has ended already has no address any more: nothing can be sent over it, and `begin` says why.
        if let peer = connection.channel.remoteAddress, !AllowedPeer.isAllowed(peer) {
            connection.close("it is no address to be sent to")
            return .notSent("\(request.address.host) leads to an address where no such server can be", isFault: true)
        }
        return await withTaskCancellationHandler {
            await run(request, over: connection, beforeLastByte)
        } onCancel: {
            connection.close("sending was stopped")
        }
    }

    private func run(
        _ request: WebRequest, over connection: WebConnection, _ beforeLastByte: @Sendable () async throws -> Void
    ) async -> WebOutcome {
        defer { connection.close("it is done") }
        guard await connection.begin(request, within: timeouts.sending) else {
            // An answer to a part is an answer: the rest was not wanted.
            switch await connection.answer() {
            case .success(let answer): return .answered(answer)
            case .failure(let problem): return .notSent(problem.words, isFault: problem.isRelayFault)
            }
        }
        do {
            try await beforeLastByte()
        } catch {
            return .notSent("it could not be recorded that the mail is on its way", isFault: false)
        }
        await connection.finish(within: timeouts.answer)
        switch await connection.answer() {
        case .success(let answer): return .answered(answer)
        case .failure(let problem): return .unanswered(problem.words)
        }
    }

    private func open(_ address: WebAddress) async throws -> WebConnection {
        let place = reach(address)
        let serverName = address.host.isIPAddress ? nil : address.host
        let tls = address.isEncrypted ? self.tls : nil
        return try await ClientBootstrap(group: group)
            .connectTimeout(timeouts.connect)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: place.host, port: place.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: serverName)) }
                    try pipeline.addHTTPClientHandlers()
                    let handler = WebClientHandler(answer: channel.eventLoop.makePromise(of: WebAnswer.self))
                    try pipeline.addHandler(handler)
                    return WebConnection(
                        channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop), answered: handler.future)
                }
            }
    }
}

/// One connection, as seen from a task.
struct WebConnection: Sendable {
    let channel: any Channel
    let handler: NIOLoopBound<WebClientHandler>
    let answered: EventLoopFuture<WebAnswer>

    /// Sends all but the last byte; false where the connection ended or an answer came meanwhile.
    func begin(_ request: WebRequest, within time: TimeAmount) async -> Bool {
        (try? await channel.eventLoop.flatSubmit { handler.value.begin(request, within: time) }.get()) ?? false
    }

    func finish(within time: TimeAmount) async {
        try? await channel.eventLoop.submit { handler.value.finish(within: time) }.get()
    }

    func answer() async -> Result<WebAnswer, ConnectionProblem> {
        do {
            return .success(try await answered.get())
        } catch {
            return .failure(ConnectionProblem(losing: error))
        }
    }

    func close(_ words: String) { channel.eventLoop.execute { handler.value.end(ConnectionProblem(words)) } }
}
