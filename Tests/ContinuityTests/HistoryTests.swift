import Continuity
import Conversations
import Testing

/// Random histories, driven as the server drives them: a decision after every change and at every timer.
@Suite struct HistoryTests {
    static let seeds: [UInt64] = Array(1...40)
    /// 12,000 in all.
    static let historiesPerSeed = 300

    @Test("Random histories keep every promise", arguments: seeds)
    func promises(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for number in 0..<Self.historiesPerSeed {
            var again = generator
            var history = RandomHistory(&generator, keepsLog: false)
            history.run(&generator)
            guard let broken = history.broken else { continue }
            var told = RandomHistory(&again, keepsLog: true)
            told.run(&again)
            Issue.record("seed \(seed), history \(number): \(broken)\n\(told.log.suffix(40).joined(separator: "\n"))")
            return
        }
    }

    /// The rule once more, as naively as it can be written, asked for every second: `decide` must agree with it at every moment, and
    /// `until` must be the first second at which it says yes.
    @Test("The decision agrees with a second-by-second reading of the rule", arguments: seeds)
    func agreesWithNaiveRule(seed: UInt64) {
        var generator = SeededGenerator(seed: seed &+ 1_000)
        for _ in 0..<60 {
            let (snapshot, settings) = RandomSnapshot.make(&generator)
            let now = Int.random(in: 0...1500, using: &generator)
            let firstYes = (now...max(now, RandomSnapshot.lastSecond)).first { NaiveRule.leaves(snapshot, settings, second: $0) }
            switch decide(snapshot, settings, now: at(now)) {
            case .nothing: #expect(firstYes == nil, "\(snapshot)")
            case .wait(let until):
                #expect(firstYes.map(at) == until, "\(snapshot)")
                #expect(until > at(now))
                let between = at(now + Int.random(in: 0...max(0, (firstYes ?? now) - now - 1), using: &generator))
                #expect(decide(snapshot, settings, now: between) == .wait(until: until), "\(snapshot)")
                guard case .email = decide(snapshot, settings, now: until) else {
                    Issue.record("still not leaving at its own time: \(snapshot)")
                    return
                }
            case .email(let batch):
                #expect(firstYes == now, "\(snapshot)")
                #expect(!batch.messages.isEmpty && batch.messages.count <= settings.messagesPerMail)
            }
        }
    }
}
