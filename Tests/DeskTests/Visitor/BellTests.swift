import Desk
import Testing

@Suite struct BellTests {
    @Test func aRingBetweenReadingAndWaitingIsHeard() async {
        let bell = Bell()
        let heard = bell.rings
        bell.ring()
        await bell.wait(after: heard)
        #expect(bell.rings == heard + 1)
    }

    @Test(.timeLimit(.minutes(1))) func oneRingWakesEverybodyWhoWaits() async {
        let bell = Bell()
        let heard = bell.rings
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { await bell.wait(after: heard) } }
            bell.ring()
            await group.waitForAll()
        }
    }

    @Test(.timeLimit(.minutes(1))) func waitingEndsWithItsTime() async {
        let bell = Bell(clock: AtOnce())
        await bell.wait(after: bell.rings, atMost: .seconds(3600))
    }

    @Test(.timeLimit(.minutes(1))) func aCancelledWaiterGoesOn() async {
        let bell = Bell()
        let task = Task { await bell.wait(after: bell.rings) }
        task.cancel()
        await task.value
    }
}

/// A clock on which every sleep is over at once.
private struct AtOnce: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    var now: Instant { Instant() }
    var minimumResolution: Duration { .zero }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {}
}
