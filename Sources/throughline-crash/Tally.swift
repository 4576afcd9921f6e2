import Foundation

/// What became of everything, as the API shows it and as the sink got it.
struct Tally: Outcome {
    var kills = 0
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

    var sum: String { "lost=\(lost) duplicated=\(duplicated)" }

    var report: String {
        var lines = [
            "mails: answered=\(answered) sent_again=\(repeated) lost=\(lostMails.count) duplicated=\(doubledMails.count) misplaced=\(misplacedMails.count)",
            "agent messages: taken=\(replies) sent_again=\(repeatedReplies) uncertain=\(uncertain) lost=\(lostReplies.count) duplicated=\(doubledReplies.count)",
            String(format: "killed %d times in the middle and once at the end; settled in %.1f s after the last start", kills, seconds),
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
        var shown = Shown()
        for conversation in try api.conversations().values.flatMap({ $0 }) {
            for line in try api.messages(conversation) { shown.add(line, in: conversation) }
        }
        return judge(ledger.with { $0 }, shown) { threads.conversation(ofMail: $0) }
    }

    /// What the API shows: where each mail stands, as often as it stands there, and the states of each agent message.
    struct Shown {
        var places: [String: [Int]] = [:]
        var states: [String: [String]] = [:]

        mutating func add(_ line: AgentAPI.Line, in conversation: Int) {
            if line.isIncoming {
                for mark in Set(Marks.mails(in: line.content)) { places[mark, default: []].append(conversation) }
            } else if !line.isPrivate {
                for mark in Set(Marks.replies(in: line.content)) { states[mark, default: []].append(line.state ?? "none") }
            }
        }
    }

    /// States from which nothing more happens by itself.
    private static let atRest: Set<String> = ["emailed", "answered", "uncertain", "bounced", "failed"]

    /// Compares what was promised with what is shown and what the sink got.
    /// - Parameter place: the conversation that a mail belongs to, by its number.
    static func judge(_ book: Ledger.Book, _ shown: Shown, place: (Int) -> Int) -> (Tally, isAtRest: Bool) {
        var tally = Tally()
        tally.kills = book.kills
        tally.answered = book.answered.count
        tally.repeated = book.repeated
        tally.replies = book.replies.count
        tally.repeatedReplies = book.repeatedReplies
        for number in book.answered.sorted() {
            let mark = Marks.mail(seed: book.seed, number: number)
            let found = shown.places[mark] ?? []
            if found.isEmpty { tally.lostMails.append(mark) }
            if found.count > 1 { tally.doubledMails.append(mark) }
            if found.count == 1 && found[0] != place(number) { tally.misplacedMails.append(mark) }
        }
        var isAtRest = true
        for mark in book.replies.keys.sorted() {
            let states = shown.states[mark] ?? []
            let times = book.mailed[mark]?.count ?? 0
            let isUncertain = states.contains("uncertain")
            if isUncertain { tally.uncertain += 1 }
            if !states.contains(where: atRest.contains) { isAtRest = false }
            // Uncertain is the one state in which nobody can know whether the mail left.
            if states.isEmpty || (times == 0 && !isUncertain) { tally.lostReplies.append(mark) }
            if states.count > 1 || (times > 1 && !isUncertain) { tally.doubledReplies.append(mark) }
        }
        return (tally, isAtRest)
    }
}
