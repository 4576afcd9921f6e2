import Foundation

/// One whole run: prepare, send and kill, settle, count.
final class CrashRun {
    let server: Server
    let ledger: Ledger
    let seed: UInt64
    let mails: Int
    let kills: Int
    let connections: Int
    let replies: Int
    let settle: Int
    private var random: SeededRandom

    init(server: Server, ledger: Ledger, seed: UInt64, mails: Int, kills: Int, connections: Int, replies: Int, settle: Int) {
        self.server = server
        self.ledger = ledger
        self.seed = seed
        self.mails = mails
        self.kills = kills
        self.connections = connections
        self.replies = replies
        self.settle = settle
        random = SeededRandom(state: seed)
    }

    func run() throws -> Tally {
        let api = try server.furnish(seed: seed)
        try server.start()
        try server.waitUntilReady()
        let threads = try Threads.begin(count: max(2, min(mails / 10, 20)), seed: seed, server: server, api: api, ledger: ledger)
        print("\(threads.count) conversations begun; sending the rest and killing")
        try sendAndKill(threads, api)
        try server.start()
        try server.waitUntilReady()
        return try Tally.count(threads: threads, api: api, ledger: ledger, mails: mails, replies: replies, settle: settle)
    }

    static let inbox = "support@crash.test"

    /// Hands the mails out in portions, one for each life of the server, so that every kill falls into work.
    private func sendAndKill(_ threads: Threads, _ api: AgentAPI) throws {
        let rest = threads.furtherMails(upTo: mails)
        let begun = threads.mails.count
        let senders = Workers()
        for _ in 0..<connections {
            let sender = MailSender(port: server.smtpPort, ledger: ledger)
            senders.add { sender.run() }
        }
        let agents = ReplyWriter(api: api, ledger: ledger, threads: threads, seed: seed)
        senders.add { agents.run() }
        var given = 0
        for life in 0...kills {
            let portion = rest.count * (life + 1) / (kills + 1) - given
            let begin = ledger.with { $0.answered.count }
            ledger.with { $0.open += rest[given..<(given + portion)] }
            agents.allow(replies * (life + 1) / (kills + 1))
            given += portion
            if life == kills { break }
            try killAtRandom(afterAnswers: begin + Int.random(in: 0...max(portion, 1), using: &random), isReady: life > 0)
        }
        try finish(senders, expecting: begun + rest.count)
    }

    /// Mostly in the middle of work: after so many answers and a moment more. Sometimes while it is still starting.
    private func killAtRandom(afterAnswers goal: Int, isReady: Bool) throws {
        if isReady && Int.random(in: 0..<6, using: &random) == 0 {
            usleep(UInt32.random(in: 0...400_000, using: &random))
        } else {
            try server.waitUntilReady()
            let end = Date().addingTimeInterval(10)
            while ledger.with({ $0.answered.count }) < goal, Date() < end { usleep(500) }
            usleep(UInt32.random(in: 0...60_000, using: &random))
        }
        try server.kill()
        ledger.with { $0.kills += 1 }
        usleep(UInt32.random(in: 0...100_000, using: &random))
        try server.start()
    }

    /// The last life goes on until everything is answered, then a last kill proves that the answers were not merely in memory.
    private func finish(_ senders: Workers, expecting count: Int) throws {
        let end = Date().addingTimeInterval(Double(settle))
        while Date() < end {
            if let problem = senders.problem { throw Server.Failure(description: problem) }
            let (answered, taken) = ledger.with { ($0.answered.count, $0.replies.count) }
            if answered >= count && taken >= replies { break }
            usleep(5_000)
        }
        let (answered, taken) = ledger.with { book in
            book.isOver = true
            return (book.answered.count, book.replies.count)
        }
        guard answered >= count, taken >= replies else {
            throw Server.Failure(
                description: "only \(answered) of \(count) mails and \(taken) of \(replies) agent messages were taken within \(settle) s")
        }
        try server.kill()
        senders.wait()
    }
}

/// SplitMix64: the same moments for the same seed.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
