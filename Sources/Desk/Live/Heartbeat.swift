import Conversations
import Logging
import ServiceLifecycle
import Store

/// Says every few seconds that this node lives; presence on a node that is silent counts no more.
public struct Heartbeat: Service {
    public static let every = Duration.seconds(10)
    /// Nodes that were silent for longer are forgotten with all that they said.
    static let forgetAfter = Duration.seconds(86_400)

    private let desk: Desk
    private let clock: any Clock<Duration>

    public init(desk: Desk, clock: any Clock<Duration> = ContinuousClock()) {
        self.desk = desk
        self.clock = clock
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await self.beat()
                } catch {
                    desk.logger.error("This node could not say that it lives; trying again.", metadata: ["error": "\(error)"])
                }
                try? await clock.sleep(for: Self.every)
            }
        }
    }

    public func beat() async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            try tx.beat(node: desk.node, at: desk.now())
            try tx.forgetNodes(before: desk.now() - Self.forgetAfter)
        }
    }
}
