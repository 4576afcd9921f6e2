import Foundation

/// What became of everything, as the API shows it and as the sink got it.
struct Tally {
    var answered = 0
    var repeated = 0
    var lostMails: [String] = []
    var doubledMails: [String] = []
    var misplacedMails: [String] = []
    var replies = 0
    var repeatedReplies = 0
    var uncertain = 0
    var lostReplies: [String] = []
    var doubledReplies: [String] = []
    var seconds = 0.0

    var lost: Int { lostMails.count + lostReplies.count }
    var duplicated: Int { doubledMails.count + doubledReplies.count }
    var isClean: Bool { lost == 0 && duplicated == 0 && misplacedMails.isEmpty }

    var report: String {
        var lines = [
            "mails: answered=\(answered) sent_again=\(repeated) lost=\(lostMails.count) duplicated=\(doubledMails.count) misplaced=\(misplacedMails.count)",
            "agent messages: taken=\(replies) sent_again=\(repeatedReplies) uncertain=\(uncertain) lost=\(lostReplies.count) duplicated=\(doubledReplies.count)",
            String(format: "settled in %.1f s after the last start", seconds),
        ]
        for (name, marks) in [
            ("lost", lostMails + lostReplies), ("duplicated", doubledMails + doubledReplies), ("misplaced", misplacedMails),
        ] where !marks.isEmpty {
            lines.append("\(name): " + marks.prefix(10).joined(separator: ", ") + (marks.count > 10 ? " …" : ""))
        }
        return lines.joined(separator: "\n")
    }

    /// Looks again and again until everything is there and every agent message has come to rest, or the time is over.
    static func count(threads: Threads, api: AgentAPI, ledger: Ledger, mails: Int, replies: Int, settle: Int) throws -> Tally {
        let begin = Date()
        while true {
            var (tally, isAtRest) = try look(threads: threads, api: api, ledger: ledger, mails: mails)
            tally.seconds = Date().timeIntervalSince(begin)
            if (isAtRest && tally.lost == 0) || tally.seconds > Double(settle) { return tally }
            usleep(300_000)
        }
    }

    private static func look(threads: Threads, api: AgentAPI, ledger: Ledger, mails: Int) throws -> (Tally, isAtRest: Bool) {
        var tally = Tally()
        var places: [String: [Int]] = [:]
        var states: [String: [String]] = [:]
        for conversation in try api.conversations().values.flatMap({ $0 }) {
            for line in try api.messages(conversation) {
                if line.isIncoming {
                    for mark in Marks.mails(in: line.content) { places[mark, default: []].append(conversation) }
                } else if !line.isPrivate {
                    for mark in Marks.replies(in: line.content) { states[mark, default: []].append(line.state ?? "none") }
                }
            }
        }
        let (answered, repeated, taken, repeatedReplies, mailed) = ledger.with {
            ($0.answered, $0.repeated, $0.replies, $0.repeatedReplies, $0.mailed)
        }
        (tally.answered, tally.repeated, tally.replies, tally.repeatedReplies) = (answered.count, repeated, taken.count, repeatedReplies)
        for number in answered.sorted() {
            let mark = "mail-\(threads.seed)-\(number)-end"
            let found = places[mark] ?? []
            let thread = number < threads.mails.count ? threads.mails[number].thread : number % threads.count
            if found.isEmpty { tally.lostMails.append(mark) }
            if found.count > 1 { tally.doubledMails.append(mark) }
            if found.count == 1 && found[0] != threads.threads[thread].conversation { tally.misplacedMails.append(mark) }
        }
        var isAtRest = true
        for mark in taken.keys.sorted() {
            let shown = states[mark] ?? []
            let times = mailed[mark]?.count ?? 0
            let isUncertain = shown.contains("uncertain")
            if isUncertain { tally.uncertain += 1 }
            if !shown.contains(where: { ["emailed", "answered", "uncertain", "bounced", "failed"].contains($0) }) { isAtRest = false }
            // Uncertain is the one state in which the number of mails may be 0, 1 or 2.
            if shown.isEmpty || (times == 0 && !isUncertain) { tally.lostReplies.append(mark) }
            if shown.count > 1 || (times > 1 && !isUncertain) { tally.doubledReplies.append(mark) }
        }
        return (tally, isAtRest)
    }
}
