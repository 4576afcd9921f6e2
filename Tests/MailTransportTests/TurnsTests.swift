import Testing

@testable import MailTransport

@Suite struct TurnsTests {
    @Test func aCancelledWaiterLeavesTheQueue() async {
        let turns = Turns(1)
        #expect(await turns.take())
        let cancelled = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await turns.take() }
            group.cancelAll()
            return await group.next()
        }
        #expect(cancelled == false)
        // Its place is not lost, and nobody else's either.
        turns.give()
        #expect(await turns.take())
    }

    @Test func neverMoreThanThereAre() async {
        let turns = Turns(3)
        let most = MostAtOnce()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    guard await turns.take() else { return }
                    await most.enter()
                    await Task.yield()
                    await most.leave()
                    turns.give()
                }
            }
        }
        #expect(await most.most <= 3)
        #expect(await most.entered == 50)
    }

    private actor MostAtOnce {
        private var inside = 0
        private(set) var most = 0
        private(set) var entered = 0

        func enter() {
            inside += 1
            entered += 1
            most = max(most, inside)
        }

        func leave() { inside -= 1 }
    }
}
