import Foundation
import Synchronization

/// An agent's program that answers by mail while the server is killed: as many messages as it is allowed, each again until the API has
/// taken it.
final class ReplyWriter: Sendable {
    private let api: AgentAPI
    private let ledger: Ledger
    private let threads: Threads
    private let seed: UInt64
    private let allowed = Mutex(0)

    init(api: AgentAPI, ledger: Ledger, threads: Threads, seed: UInt64) {
        self.api = api
        self.ledger = ledger
        self.threads = threads
        self.seed = seed
    }

    func allow(_ count: Int) { allowed.withLock { $0 = count } }

    func run() -> String? {
        var number = 0
        while !ledger.with({ $0.isOver }) {
            guard number < allowed.withLock({ $0 }) else {
                usleep(2_000)
                continue
            }
            let conversation = threads.threads[number % threads.count].conversation
            let mark = Marks.reply(seed: seed, number: number)
            do {
                try api.reply("Here is\n\(mark)\nand nothing else.", conversation: conversation, echo: mark)
                ledger.with { $0.replies[mark] = conversation }
                number += 1
            } catch {
                ledger.with { $0.repeatedReplies += 1 }
                usleep(10_000)
            }
        }
        return nil
    }
}
