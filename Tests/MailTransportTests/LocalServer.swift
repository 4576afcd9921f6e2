import NIOCore
import NIOPosix

/// A server of the test's own on a free port of this machine, for as long as `body` runs.
/// - Parameters:
///   - prepare: puts its handlers into each connection's pipeline, on the connection's event loop.
///   - body: gets the port.
func withConnections(
    _ prepare: @escaping @Sendable (any Channel) throws -> Void, _ body: (Int) async throws -> Void
) async throws {
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try prepare(channel) } }
        .bind(host: "127.0.0.1", port: 0).get()
    do {
        try await body(server.localAddress?.port ?? 0)
    } catch {
        try await server.close().get()
        throw error
    }
    try await server.close().get()
}
