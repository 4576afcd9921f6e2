import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Speaks HTTP/1.1 with the interfaces of providers.
///
/// A server acts on a request when its last byte is there. So the last byte is for a request what the final dot is for a mail: whatever goes
/// wrong before it has certainly not been taken, whatever leaves no clear answer after it is uncertain.
///
/// A connection may be kept for the next request to the same address. Where the server has closed it meanwhile, that is noticed before the
/// last byte, and the request goes over another one; behind the last byte nothing is ever said again.
public final class WebClient: Sendable {
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
    private let idle: IdleWebConnections
    private let reach: @Sendable (WebAddress) -> WebAddress

    /// - Parameters:
    ///   - additionalTrustRoots: certificates (a PEM file) trusted beside the system's.
    ///   - maxConnections: requests at the same time; more wait. No more connections than that are kept.
    ///   - maxPerMinute: requests in a minute; 0 for no limit.
    ///   - keeps: how long a connection without work is kept; nil: each request has one of its own. Shorter than what servers do (a minute
    ///     and more), so that they seldom close one that is just taken up again.
    ///   - reach: where an address is really connected to, while its certificate must still carry its own name; tests say their own server.
    /// - Throws: `MailTransportError.certificate` where `additionalTrustRoots` cannot be read.
    public init(
        timeouts: Timeouts = Timeouts(), additionalTrustRoots: String? = nil, maxConnections: Int = 4, maxPerMinute: Int = 0,
        keeps: TimeAmount? = nil, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
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
        idle = IdleWebConnections(most: keeps == nil ? 0 : max(maxConnections, 1), time: keeps ?? .zero)
        self.group = group
        self.reach = reach
    }

    deinit { idle.closeAll() }

    /// - Parameter beforeLastByte: awaited when only the last byte is missing; where it throws, the server never gets it. Awaited once more
    ///   where a kept connection turns out to be closed then.
    public func run(_ request: WebRequest, beforeLastByte: @Sendable () async throws -> Void = {}) async -> WebOutcome {
        guard await turns.take() else { return .notSent("sending was stopped", isFault: false) }
        defer { turns.give() }
        guard await pace?.wait() ?? true else { return .notSent("sending was stopped", isFault: false) }
        // Each round uses a kept connection up.
        while let kept = idle.take(request.address) {
            if case .ended(let outcome) = await attempt(request, over: kept, beforeLastByte) { return outcome }
            if Task.isCancelled { return .notSent("sending was stopped", isFault: false) }
        }
        let fresh: WebConnection
        do {
            fresh = try await open(request.address)
        } catch {
            return .notSent(ConnectionProblem(connecting: error).words, isFault: false)
        }
        switch await attempt(request, over: fresh, beforeLastByte) {
        case .ended(let outcome): return outcome
        case .lost(let problem): return .notSent(problem.words, isFault: problem.isRelayFault)
        }
    }

    /// How many connections wait for work now.
    var keptConnections: Int { idle.count }

    private enum Attempt: Sendable {
        case ended(WebOutcome)
        /// The connection ended, and the last byte never left.
        case lost(ConnectionProblem)
    }

    private func attempt(
        _ request: WebRequest, over connection: WebConnection, _ beforeLastByte: @Sendable () async throws -> Void
    ) async -> Attempt {
        // A connection that has ended already has no address any more: nothing can be sent over it, and `begin` says why.
        if let peer = connection.channel.remoteAddress, !AllowedPeer.isAllowed(peer) {
            connection.close("it is no address to be sent to")
            return .ended(.notSent("\(request.address.host) leads to an address where no such server can be", isFault: true))
        }
        let attempt = await withTaskCancellationHandler {
            await say(request, over: connection, beforeLastByte)
        } onCancel: {
            connection.close("sending was stopped")
        }
        if await connection.isReady { idle.keep(connection) } else { connection.close("it is done") }
        return attempt
    }

    private func say(
        _ request: WebRequest, over connection: WebConnection, _ beforeLastByte: @Sendable () async throws -> Void
    ) async -> Attempt {
        if await connection.begin(request, keeps: idle.keeps, within: timeouts.sending) {
            do {
                try await beforeLastByte()
            } catch {
                return .ended(.notSent("it could not be recorded that the mail is on its way", isFault: false))
            }
            if await connection.finish(within: timeouts.answer) {
                switch await connection.answer() {
                case .success(let answer): return .ended(.answered(answer))
                case .failure(let problem): return .ended(.unanswered(problem.words))
                }
            }
        }
        // An answer to a part is an answer: the rest was not wanted. But who has only waited too long (RFC 9110 §15.5.9) gives up the
        // connection, not the request, of which the last byte has not left.
        switch await connection.answer() {
        case .success(let answer) where answer.status == 408: return .lost(ConnectionProblem("it had waited too long"))
        case .success(let answer): return .ended(.answered(answer))
        case .failure(let problem): return .lost(problem)
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
                    let handler = WebClientHandler()
                    try pipeline.addHandler(handler)
                    return WebConnection(
                        address: address, channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
                }
            }
    }
}
