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
                do {
                    if try await self.writeSome() { continue }
                    await self.bell.wait(after: heard)
                } catch is CancellationError {
                    return
                } catch {
                    self.desk.logger.error("Presence could not be written; trying again.", metadata: ["error": "\(error)"])
                    await self.bell.wait(after: self.bell.rings, atMost: .seconds(1))
                }
            }
        }
        // The streams that ended with the server.
        while (try? await writeSome()) == true {}
    }

    /// Writes what waits, some at a time; false where nothing did.
    public func writeSome() async throws -> Bool {
        let changes = waiting.withLock { waiting in
            let taken = waiting.prefix(NoteStreams.atOnce).map { (owner: $0.key, by: $0.value) }
            for change in taken { waiting.removeValue(forKey: change.owner) }
            return taken
        }
        guard !changes.isEmpty else { return false }
        do {
            try await NoteStreams(desk: desk).run(changes)
        } catch {
            waiting.withLock { waiting in for change in changes { waiting[change.owner, default: 0] += change.by } }
            throw error
        }
        return true
    }
}
