import Dispatch
import Synchronization

/// Runs reads side by side, as many as there are connections for them. One that has to wait holds no thread meanwhile, and one that need not
/// costs a single change of threads: most are shorter than that.
final class ReadQueue: Sendable {
    typealias Read = @Sendable () -> Void

    private struct State {
        var waiting: [Read] = []
        /// Numbers of lanes that have nothing to do.
        var free: [Int]
    }

    private let state: Mutex<State>
    /// A serial queue gets a thread when it needs one; a concurrent one shares as many as there are processors with all others.
    private let lanes: [DispatchQueue]

    init(atOnce: Int) {
        lanes = (0..<atOnce).map { DispatchQueue(label: "throughline.sqlite.reader.\($0)", qos: .userInitiated) }
        state = Mutex(State(free: Array(0..<atOnce)))
    }

    /// Runs it soon, on a thread of its own; in the order of the calls.
    func add(_ read: @escaping Read) {
        let lane = state.withLock { state -> Int? in
            if let lane = state.free.popLast() { return lane }
            state.waiting.append(read)
            return nil
        }
        if let lane { lanes[lane].async { self.run(read, in: lane) } }
    }

    /// And those that came meanwhile, one after the other.
    private func run(_ first: @escaping Read, in lane: Int) {
        var next: Read? = first
        while let read = next {
            read()
            next = state.withLock { state in
                guard !state.waiting.isEmpty else {
                    state.free.append(lane)
                    return nil
                }
                return state.waiting.removeFirst()
            }
        }
    }
}
