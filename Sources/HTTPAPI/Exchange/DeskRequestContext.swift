import Hummingbird
import NIOCore

/// What goes with a request through its route: Hummingbird's own and the address that it came from.
public struct DeskRequestContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// The peer's address; nil where the system gives none.
    public let peer: SocketAddress?

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }

    /// Where a request comes from: the peer, or, where the peer is a proxy on this machine, the last address that it forwarded.
    func remoteAddress(of request: Request) -> String {
        let address = peer?.ipAddress ?? "unknown"
        guard isLocal, let forwarded = request.headers[.xForwardedFor] else { return address }
        let last = forwarded.split(separator: ",").last.map { $0.trimmingPrefix { $0 == " " } } ?? ""
        return last.isEmpty ? address : String(last.prefix(64))
    }

    /// Whom limits for each address count against. nil is this machine itself, or a proxy on it that does not say for whom it asks: that
    /// would be everybody.
    func limitedAddress(of request: Request) -> String? {
        isLocal && request.headers[.xForwardedFor] == nil ? nil : remoteAddress(of: request)
    }

    private var isLocal: Bool { peer?.ipAddress == "127.0.0.1" || peer?.ipAddress == "::1" }
}

typealias DeskRouter = Router<DeskRequestContext>
