import Store
import Testing

@testable import StoreSQLite

/// Which writes share a commit, and who goes first.
@Suite struct WriteQueueTests {
    private func queue(ordinary: [String] = [], yielding: [String] = []) -> WriteQueue<String> {
        var queue = WriteQueue<String>()
        queue.add(yielding, .yielding)
        queue.add(ordinary, .ordinary)
        return queue
    }

    @Test func `ordinary writes go first, all together, and what yields stays out of their commit`() {
        var queue = queue(ordinary: ["a", "b"], yielding: ["y"])
        #expect(queue.begin(isQuiet: true) == ["a", "b"])
        queue.add(["c"], .ordinary)
        #expect(queue.join(after: 2) == ["c"])
        #expect(queue.join(after: 3) == [])
        #expect(queue.begin(isQuiet: true) == ["y"])
    }

    @Test func `what yields waits until it is quiet`() {
        var queue = queue(yielding: ["y"])
        #expect(queue.begin(isQuiet: false) == [])
        #expect(!queue.isEmpty)
        #expect(queue.begin(isQuiet: true) == ["y"])
        #expect(queue.isEmpty)
    }

    @Test func `yielding writes share a commit while nobody else comes`() {
        var queue = queue(yielding: ["x", "y", "z"])
        #expect(queue.begin(isQuiet: true) == ["x"])
        #expect(queue.join(after: 1) == ["y"])
        #expect(queue.join(after: 2) == ["z"])
        #expect(queue.join(after: 3) == [])
    }

    @Test func `an ordinary write waits for one yielding body at most, and its commit ends with it`() {
        var queue = queue(yielding: ["x", "y"])
        #expect(queue.begin(isQuiet: true) == ["x"])
        queue.add(["a"], .ordinary)
        #expect(queue.join(after: 1) == ["a"])
        #expect(queue.join(after: 2) == [])
        #expect(queue.begin(isQuiet: true) == ["y"])
    }

    @Test func `yielding writes go with the others after so many commits`() {
        var queue = queue(yielding: ["x", "y"])
        for _ in 0..<WriteQueue<String>.mostPassed {
            queue.add(["a"], .ordinary)
            #expect(queue.begin(isQuiet: false) == ["a"])
        }
        queue.add(["a"], .ordinary)
        #expect(queue.begin(isQuiet: false) == ["a", "x", "y"])
        queue.add(["z"], .yielding)
        queue.add(["a"], .ordinary)
        #expect(queue.begin(isQuiet: false) == ["a"])
    }

    @Test func `a commit has its most, and the rest keeps its order`() {
        let most = WriteQueue<String>.writesPerCommit
        let names = (0..<(most + 5)).map(String.init)
        var queue = queue(ordinary: names)
        #expect(queue.begin(isQuiet: true) == Array(names.prefix(most)))
        #expect(queue.join(after: most) == [])
        #expect(queue.begin(isQuiet: true) == Array(names.suffix(5)))
        #expect(queue.isEmpty)
    }

    @Test func `ordinary writes that fill every commit do not put off for ever what yields`() {
        let most = WriteQueue<Int>.writesPerCommit
        var queue = WriteQueue<Int>()
        queue.add(Array(repeating: -1, count: 20), .yielding)
        for _ in 0...WriteQueue<Int>.mostPassed {
            queue.add(Array(repeating: 1, count: most), .ordinary)
            #expect(queue.begin(isQuiet: false).count == most)
        }
        #expect(queue.removeAll().filter { $0 == -1 }.count == 20 - WriteQueue<Int>.theirTurn)
    }
}
