import Foundation

/// One whole run of sending: prepare, write and kill, settle, count.
final class SendingRun {
    /// Messages that may be written ahead of the mails that the relay has.
    private static let ahead = 60

    private let server: Server
    private let ledger: Ledger
    private let seed: UInt64
    private let batches: Int
    private let kills: Int
    private let settle: Int
    private var random: SeededRandom

    init(server: Server, ledger: Ledger, seed: UInt64, batches: Int, kills: Int, settle: Int) {
        self.server = server
        self.ledger = ledger
        self.seed = seed
        self.batches = batches
        self.kills = kills
        self.settle = settle
        random = SeededRandom(state: seed)
    }

    func run() throws -> SendingTally {
        let api = try server.furnish(seed: seed)
        try server.start()
        try server.waitUntilReady()
        let threads = try Threads.begin(count: 20, seed: seed, server: server, api: api, ledger: ledger)
        let begun = ledger.with { book in
            book.isMoody = true
            return book.copies.count
        }
        print("\(threads.count) conversations begun; writing and killing")
        let writer = ReplyWriter(api: api, ledger: ledger, threads: threads, seed: seed)
        let workers = Workers()
        workers.add { writer.run() }
        for kill in 0..<kills {
            try waitFor(begun + batches * (kill + 1) / (kills + 1), from: begun, writer, seconds: 120)
            usleep(UInt32.random(in: 0...80_000, using: &random))
            try server.kill()
            ledger.with { $0.kills += 1 }
            usleep(UInt32.random(in: 0...100_000, using: &random))
            try server.start()
            // Some die while they are still starting.
            if Int.random(in: 0..<6, using: &random) == 0 {
                usleep(UInt32.random(in: 0...400_000, using: &random))
            } else {
                try server.waitUntilReady()
            }
        }
        try server.waitUntilReady()
        try waitFor(begun + batches, from: begun, writer, seconds: settle)
        ledger.with { $0.isOver = true }
        workers.wait()
        return try SendingTally.count(threads: threads, api: api, ledger: ledger, begun: begun, settle: settle)
    }

    /// Lets the writer write until the relay has so many mails.
    private func waitFor(_ goal: Int, from begun: Int, _ writer: ReplyWriter, seconds: Int) throws {
        let end = Date().addingTimeInterval(Double(seconds))
        while Date() < end {
            let distinct = ledger.with { $0.copies.count }
            if distinct >= goal { return }
            writer.allow(distinct - begun + Self.ahead)
            usleep(2_000)
        }
        throw Server.Failure(description: "the relay had only \(ledger.with { $0.copies.count }) of \(goal) mails after \(seconds) s")
    }
}
