import Foundation
import Synchronization

/// Threads that run until their work is done; remembers the first problem that one of them tells.
final class Workers: Sendable {
    private let first = Mutex<String?>(nil)
    private let group = DispatchGroup()

    var problem: String? { first.withLock { $0 } }

    func add(_ work: @escaping @Sendable () -> String?) {
        group.enter()
        Thread.detachNewThread {
            if let problem = work() { self.first.withLock { $0 = $0 ?? problem } }
            self.group.leave()
        }
    }

    func wait() { _ = group.wait(timeout: .now() + 60) }
}
