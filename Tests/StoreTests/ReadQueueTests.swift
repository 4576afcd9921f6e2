import Synchronization
import Testing

@testable import StoreSQLite

@Suite struct ReadQueueTests {
    private final class Counts: Sendable {
        struct State {
            var running = 0
            var most = 0
        }
        let state = Mutex(State())
    }

    @Test(.timeLimit(.minutes(5)))
    func `all reads run, and never more at once than there are connections`() async {
        let (queue, counts) = (ReadQueue(atOnce: 3), Counts())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        queue.add {
                            counts.state.withLock {
                                $0.running += 1
                                $0.most = max($0.most, $0.running)
                            }
                            counts.state.withLock { $0.running -= 1 }
                            continuation.resume()
                        }
                    }
                }
            }
        }
        #expect(counts.state.withLock { $0.running } == 0)
        #expect(1...3 ~= counts.state.withLock { $0.most })
    }
}
