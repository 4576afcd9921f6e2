import HTMLReading

/// Which lines of a body are new, quoted, or signature.
struct Division {
    private let body: MailBody
    private let history: History
    private var kept: [Int] = []
    private var quoted: [Int] = []
    private var signature: [Int] = []

    /// Whether something was taken off as quoted.
    var hasQuote: Bool { !quoted.isEmpty }
    /// Whether the mail quotes another anywhere.
    private let hasEarlierMail: Bool

    init(_ body: MailBody) {
        self.body = body
        let history = History(body)
        self.history = history
        hasEarlierMail = history.end < body.lines.count || body.lines.indices.contains { history.isQuoted[$0] || body.lines[$0].depth > 0 }
        divide()
    }

    /// - Parameter whole: what is kept where nothing new would be left.
    func reply(whole: @autoclosure () -> String) -> ExtractedReply {
        let reply = body.joined(kept)
        guard reply.utf8.contains(where: { $0 > 0x20 }) else { return ExtractedReply(reply: whole().trimmedEnds) }
        let signature = body.joined(signature)
        return ExtractedReply(reply: reply, quoted: body.joined(quoted), signature: signature.isEmpty ? nil : signature)
    }

    // MARK: - Dividing

    /// Lines that follow each other and are all own text, or all quoted.
    private struct Run {
        var isQuote: Bool
        var lines: [Int]
    }

    private mutating func divide() {

        // A footer below the last own or quoted line is no answer to it.
        let own = withoutSignature(Array(0..<history.end))
        let runs = runs(own)
        let answers = runs.indices.filter { !runs[$0].isQuote && $0 > 0 }
        let lastAnswer = answers.last ?? 0
        for (index, run) in runs.enumerated() {
            // Answers between the lines stay with the lines that they answer; so does a passage that somebody quoted by hand.
            if !run.isQuote || index < lastAnswer && (answers.count > 1 || !isWholeMail(run)) {
                kept += run.lines
            } else {
                quoted += run.lines
            }
        }
        quoted += history.end..<body.lines.count
        kept = withoutSignature(kept)
        if let end = Banner.end(in: kept, of: body) { kept.removeSubrange(..<end) }
    }

    /// Whether a quoted run is an earlier mail: a line above it says whose, or the mail program marked it.
    private func isWholeMail(_ run: Run) -> Bool {
        run.lines.contains { history.isQuoted[$0] || body.lines[$0].regions.contains(.quote) }
    }

    /// Runs of quoted and own lines; blank lines go with what stands before them.
    private func runs(_ lines: [Int]) -> [Run] {
        var runs: [Run] = []
        for index in lines {
            let line = body.lines[index]
            if line.isBlank, line.depth == 0 {
                if let last = runs.indices.last { runs[last].lines.append(index) }
                continue
            }
            // The rest of a quoted line that was broken on the way counts as quoted.
            let quote = line.depth > 0 || history.isQuoted[index] || isBrokenOff(index, lines.count)
            if let last = runs.indices.last, runs[last].isQuote == quote {
                runs[last].lines.append(index)
            } else {
                runs.append(Run(isQuote: quote, lines: [index]))
            }
        }
        return runs
    }

    /// One line without a mark between two marked lines, the first of which is as long as lines get: a mail program wrapped the quote.
    private func isBrokenOff(_ index: Int, _ end: Int) -> Bool {
        guard index > 0, index + 1 < end else { return false }
        let above = body.lines[index - 1]
        let below = body.lines[index + 1]
        return above.depth > 0 && below.depth > 0 && above.content.count >= 55 && body.lines[index].content.count <= 40
    }

    /// Takes the signature off the end, as far up as the last quoted line.
    private mutating func withoutSignature(_ given: [Int]) -> [Int] {
        var lines = withoutMarkedSignature(given)
        var first = lines.endIndex
        while first > 0, isOwn(lines[first - 1]) { first -= 1 }
        // Where quoted lines stand above, the own text may be nothing but a signature.
        guard let begin = Signature.begin(in: lines[max(first - 1, 0)...], of: body, hasQuote: hasEarlierMail) else { return lines }
        signature = lines[begin...] + signature
        lines.removeSubrange(begin...)
        return lines
    }

    private func isOwn(_ line: Int) -> Bool { body.lines[line].depth == 0 && !history.isQuoted[line] }

    /// Takes out what the mail program marked as the signature; text below it stays.
    private mutating func withoutMarkedSignature(_ lines: [Int]) -> [Int] {
        guard let first = lines.firstIndex(where: isMarked) else { return lines }
        var begin = first
        while begin > 0, body.lines[lines[begin - 1]].isBlank || Signature.isDelimiter(body.content(lines[begin - 1])) { begin -= 1 }
        let isLast = !lines[first...].contains { !isMarked($0) && !body.lines[$0].isBlank }
        if isLast, let signOff = SignOff.begin(in: lines[..<begin], of: body) { begin = signOff }
        let marked = lines[begin...].filter { lines[first] > $0 || isMarked($0) }
        let rest = lines[..<begin] + lines[first...].filter { !isMarked($0) }
        // A mail that is nothing but a signature is kept.
        guard rest.contains(where: { isOwn($0) && !body.lines[$0].isBlank }) else { return lines }
        signature = marked + signature
        return Array(rest)
    }

    private func isMarked(_ line: Int) -> Bool { body.lines[line].regions.contains(.signature) && isOwn(line) }
}
