import NIOPosix

/// Does its work to the end also where whoever waits for it is cancelled meanwhile, and waits for it all the same: for what must not be lost halfway,
/// as a token that a server has given and that is not written down yet. The work has to end by itself, soon.
public func uncancelled<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
    try await MultiThreadedEventLoopGroup.singleton.any().makeFutureWithTask(work).get()
}
