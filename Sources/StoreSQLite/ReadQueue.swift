import Dispatch
import Synchronization

/// Runs reads side by side, as many as there are connections for them. One that has to wait holds no thread meanwhile, and one that need not
/// costs a single change of threads: most are shorter than that.
final class ReadQueue: Sendable {
    typealias Read = @Sendable () -> Void

    private struct State {
        var waiting: [Read] = []
        var running = 0
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "throughline.sqlite.readers", qos: .userInitiated, attributes: .concurrent)
    private let atOnce: Int

    init(atOnce: Int) { self.atOnce = atOnce }

    /// Runs it soon, on a thread of its own; in the order of the calls.
    func add(_ read: @escaping Read) {
        let begins = state.withLock { state in
            guard state.running < atOnce else {
                state.waiting.append(read)
                return false
            }
            state.running += 1
            return true
        }
        if begins { queue.async { self.run(read) } }
    }

    /// And those that came meanwhile, one after the other.
    private func run(_ first: @escaping Read) {
        var next: Read? = first
        while let read = next {
            read()
            next = state.withLock { state in
                guard !state.waiting.isEmpty else {
                    state.running -= 1
                    return nil
                }
                return state.waiting.removeFirst()
            }
        }
    }
}
