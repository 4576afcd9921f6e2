import Conversations
import Logging
import ServiceLifecycle
import Store

/// Says every few seconds that this node lives; presence on a node that is silent counts no more.
public struct Heartbeat: Service {
    public static let every = Duration.seconds(10)
    /// Nodes that were silent for longer are forgotten with all that they said, and so are pages that closed so long ago.
    static let forgetAfter = Duration.seconds(86_400)
    /// Beats between two rounds of forgetting.
    static let beatsBetweenForgetting = 360

    private let desk: Desk
    private let clock: any Clock<Duration>

    public init(desk: Desk, clock: any Clock<Duration> = ContinuousClock()) {
        self.desk = desk
        self.clock = clock
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var beats = 0
            while !Task.isCancelled {
                do {
                    try await self.beat()
                    if beats.isMultiple(of: Self.beatsBetweenForgetting) { try await self.forget() }
                    beats += 1
                } catch {
                    desk.logger.error("This node could not say that it lives; trying again.", metadata: ["error": "\(error)"])
                }
                try? await clock.sleep(for: Self.every)
            }
        }
    }

    public func beat() async throws {
        let desk = self.desk
        try await desk.database.write { try $0.beat(node: desk.node, at: desk.now()) }
    }

    private func forget() async throws {
        let desk = self.desk
        try await desk.database.write { try $0.forgetPresence(before: desk.now() - Self.forgetAfter) }
    }
}
