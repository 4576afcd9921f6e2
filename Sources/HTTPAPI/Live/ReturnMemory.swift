import Desk
import ServiceLifecycle
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Gives memory back to the system after many streams have gone. The allocator keeps what thousands of connections held, and a
/// server that was busy once would look busy for ever.
final class ReturnMemory: Service {
    /// So many streams must have gone since the last time.
    static let afterStreams = 500
    /// Streams that go, go together: wait until most have.
    static let pause = Duration.seconds(2)

    /// malloc_trim(3), which only glibc has and Swift's module of it does not show.
    private static let trim: (@convention(c) (Int) -> Int32)? =
        dlsym(nil, "malloc_trim").map { unsafeBitCast($0, to: (@convention(c) (Int) -> Int32).self) }

    private let gone = Atomic<Int>(0)
    private let bell = Bell()

    /// One stream has ended. Never blocks.
    func streamEnded() {
        if gone.add(1, ordering: .relaxed).newValue.isMultiple(of: Self.afterStreams) { bell.ring() }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.bell.wait(after: self.bell.rings)
                try? await Task.sleep(for: Self.pause)
                _ = Self.trim?(0)
            }
        }
    }
}
