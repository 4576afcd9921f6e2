import Conversations
import Logging
import ServiceLifecycle
import Store

/// What has to be done from time to time: ended snoozes, raw mail whose time is over, events that nobody resumes from any more.
public struct Housekeeping: Service {
    /// Streams that were away longer begin anew.
    static let keepEventsFor = Duration.seconds(7 * 86_400)
    /// What a visitor looked at is nobody's business for longer.
    static let keepPagesFor = Duration.seconds(30 * 86_400)
    static let every = Duration.seconds(30)
    static let atOnce = 500

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
                    try await self.runOnce()
                } catch {
                    desk.logger.error("Housekeeping failed; it is tried again", metadata: ["error": "\(error)"])
                }
                try? await self.clock.sleep(for: Self.every)
            }
        }
    }

    /// One round, a bounded piece of each kind of work.
    public func runOnce() async throws {
        try await desk.database.write { tx in
            let now = desk.now()
            for var conversation in try tx.snoozedConversations(due: now, limit: 100) {
                try desk.setStatus(.open, because: .snoozeOver, of: &conversation, tx)
            }
            _ = try tx.forgetRawMails(before: now - desk.options.keepRawFor, atMost: Self.atOnce)
            _ = try tx.forgetRefusals(before: now - desk.options.keepRawFor, atMost: Self.atOnce)
            _ = try tx.forgetChatTickets(before: now - .seconds(86_400), atMost: Self.atOnce)
            _ = try tx.forgetPages(before: now - Self.keepPagesFor, atMost: Self.atOnce)
            _ = try tx.forgetEvents(before: now - Self.keepEventsFor, atMost: Self.atOnce)
        }
        // In small transactions, so that nobody waits for them.
        for _ in 0..<20 where try await desk.database.write({ try desk.sealOldMail($0, atMost: 20) }) < 20 { break }
    }
}
