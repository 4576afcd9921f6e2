import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Reads the one event table after a cursor, as soon as a commit rings, and hands what came to whoever carries it on.
///
/// Events are handed on in the order of their numbers, each exactly once for the life of the hub.
public final class EventHub: Service {
    /// Gets the events that came, oldest first, and the cursor up to which everything is now known. Must return at once.
    public typealias Listener = @Sendable (_ events: [StoredEvent], _ through: Int64) -> Void

    /// How many events are read at once.
    static let page = 500
    /// Other nodes write too; without a wake-up from them the table is read this often.
    static let longestWait = Duration.seconds(1)

    private let desk: Desk
    private let bell: Bell
    private let listeners = Mutex<[Listener]>([])

    public init(desk: Desk, bell: Bell) {
        self.desk = desk
        self.bell = bell
    }

    /// Adds a listener; only before `run`. It is called once at the start with no events and the present cursor.
    public func listen(_ listener: @escaping Listener) { listeners.withLock { $0.append(listener) } }

    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.follow() }
    }

    private func follow() async {
        var cursor: Int64?
        while !Task.isCancelled {
            let heard = bell.rings
            do {
                if let known = cursor {
                    let events = try await desk.database.read { try $0.events(after: known, limit: Self.page) }
                    if let last = events.last {
                        cursor = last.id
                        tell(events, through: last.id)
                    }
                    if events.count == Self.page { continue }
                } else {
                    let newest = try await desk.database.read { try $0.eventBounds().newest }
                    cursor = newest
                    tell([], through: newest)
                }
            } catch is CancellationError {
                return
            } catch {
                desk.logger.error("Live events could not be read; trying again.", metadata: ["error": "\(error)"])
            }
            await bell.wait(after: heard, atMost: Self.longestWait)
        }
    }

    private func tell(_ events: [StoredEvent], through cursor: Int64) {
        for listener in listeners.withLock({ $0 }) { listener(events, cursor) }
    }
}
