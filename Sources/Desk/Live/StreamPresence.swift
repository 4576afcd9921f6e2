import Logging
import ServiceLifecycle
import Synchronization

/// Writes down which streams are open. Openings and closings are summed up until they are written, so that however many come, only
/// one number for each owner waits.
public final class StreamPresence: Service {
    private let desk: Desk
    private let bell = Bell()
    private let waiting = Mutex<[StreamOwner: Int]>([:])

    public init(desk: Desk) { self.desk = desk }

    /// One stream more (+1) or less (-1). Never blocks.
    public func count(_ owner: StreamOwner, by change: Int) {
        waiting.withLock { $0[owner, default: 0] += change }
        bell.ring()
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let heard = self.bell.rings
                if await self.writeSome() { continue }
                await self.bell.wait(after: heard)
            }
        }
    }

    /// Writes what waits, some at a time; false where nothing did.
    public func writeSome() async -> Bool {
        let changes = waiting.withLock { waiting in
            let taken = waiting.prefix(NoteStreams.atOnce).map { (owner: $0.key, by: $0.value) }
            for change in taken { waiting.removeValue(forKey: change.owner) }
            return taken
        }
        guard !changes.isEmpty else { return false }
        do {
            try await NoteStreams(desk: desk).run(changes)
        } catch {
            desk.logger.error("Presence could not be written.", metadata: ["error": "\(error)"])
            guard !Task.isCancelled else { return false }
            for change in changes { waiting.withLock { $0[change.owner, default: 0] += change.by } }
            try? await Task.sleep(for: .milliseconds(500))
        }
        return true
    }
}
