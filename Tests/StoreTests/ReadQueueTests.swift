import Dispatch
import Foundation
import Testing

@testable import StoreSQLite

@Suite struct ReadQueueTests {
    /// Where reads meet: each waits until so many are there, and all go on together.
    private final class Meeting: Sendable {
        // `arrived`, `running`, `most` and `isLate` are guarded by it.
        private let condition = NSCondition()
        private let size: Int
        nonisolated(unsafe) private var arrived = 0
        nonisolated(unsafe) private var running = 0
        nonisolated(unsafe) private(set) var most = 0
        nonisolated(unsafe) private(set) var isLate = false

        init(of size: Int) { self.size = size }

        func attend() {
            condition.withLock {
                arrived += 1
                running += 1
                most = max(most, running)
                let complete = (arrived + size - 1) / size * size
                condition.broadcast()
                let end = Date(timeIntervalSinceNow: 60)
                while arrived < complete, !isLate { if !condition.wait(until: end) { isLate = true } }
                running -= 1
            }
        }
    }

    @Test func `as many reads run side by side as there are connections, never more, and all of them`() {
        let (queue, meeting, all) = (ReadQueue(atOnce: 3), Meeting(of: 3), DispatchGroup())
        for _ in 0..<300 {
            all.enter()
            queue.add {
                meeting.attend()
                all.leave()
            }
        }
        #expect(all.wait(timeout: .now() + 60) == .success)
        #expect(meeting.most == 3 && !meeting.isLate)
    }
}
