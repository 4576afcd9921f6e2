import Foundation

/// What became of every message: as the relay counted it and as the API shows it.
struct SendingTally: Outcome {
    var kills = 0
    var written = 0
    var mails = 0
    var putOff = 0
    var hungUp = 0
    /// Messages whose mail the server calls uncertain, or sent a second time because it was.
    var uncertain = 0
    /// Mails that the relay got twice, each said to have been uncertain.
    var twice = 0
    var lost: [String] = []
    var duplicated: [String] = []
    var unsettled: [String] = []
    var seconds = 0.0

    var isClean: Bool { lost.isEmpty && duplicated.isEmpty && unsettled.isEmpty }

    var sum: String { "lost=\(lost.count) duplicated=\(duplicated.count)" }

    var report: String {
        var lines = [
            "messages: taken=\(written) mails=\(mails) put_off=\(putOff) hung_up=\(hungUp)",
            "uncertain=\(uncertain), of them twice at the relay=\(twice), all by the same Message-ID",
            String(format: "killed %d times; settled in %.1f s after the last start", kills, seconds),
        ]
        for (name, marks) in [("lost", lost), ("duplicated", duplicated), ("never settled", unsettled)] where !marks.isEmpty {
            lines.append("\(name): " + marks.prefix(10).joined(separator: ", ") + (marks.count > 10 ? " …" : ""))
        }
        return lines.joined(separator: "\n")
    }

    /// Looks again and again until every message has come to rest, or the time is over.
    static func count(threads: Threads, api: AgentAPI, ledger: Ledger, begun: Int, settle: Int) throws -> SendingTally {
        let begin = Date()
        while true {
            var shown: [String: [AgentAPI.Line]] = [:]
            for thread in threads.threads {
                for line in try api.messages(thread.conversation) where !line.isIncoming && !line.isPrivate {
                    for mark in Set(Marks.replies(in: line.content)) { shown[mark, default: []].append(line) }
                }
            }
            var tally = judge(ledger.with { $0 }, shown, begun: begun)
            tally.seconds = Date().timeIntervalSince(begin)
            if tally.unsettled.isEmpty || tally.seconds > Double(settle) { return tally }
            usleep(500_000)
        }
    }

    static func judge(_ book: Ledger.Book, _ shown: [String: [AgentAPI.Line]], begun: Int) -> SendingTally {
        var tally = SendingTally()
        tally.kills = book.kills
        tally.written = book.replies.count
        tally.mails = book.copies.count - begun
        tally.putOff = book.putOff.count
        tally.hungUp = book.hungUp.count
        var twice: Set<String> = []
        for mark in book.replies.keys.sorted() {
            let lines = shown[mark] ?? []
            let mails = Set(book.mailed[mark] ?? [])
            let copies = mails.map { book.copies[$0] ?? 0 }.reduce(0, +)
            let line = lines.first
            let wasUncertain = line?.state == "uncertain" || (line?.state == "emailed" && line?.reason != nil)
            if wasUncertain { tally.uncertain += 1 }
            if !isAtRest(line) { tally.unsettled.append("\(mark) (\(line?.state ?? "not there"))") }
            if lines.isEmpty || mails.isEmpty { tally.lost.append(mark) }
            if lines.count > 1 || mails.count > 1 || copies > 2 || (copies == 2 && !wasUncertain) { tally.duplicated.append(mark) }
            if copies == 2 { twice.formUnion(mails) }
        }
        tally.twice = twice.count
        return tally
    }

    /// States from which nothing more happens by itself.
    private static func isAtRest(_ line: AgentAPI.Line?) -> Bool {
        switch line?.state {
        case "emailed", "answered", "failed", "bounced": true
        case "uncertain": line?.until == nil
        default: false
        }
    }
}
