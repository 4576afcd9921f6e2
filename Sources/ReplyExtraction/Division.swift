import HTMLReading

/// Which lines of a body are new, quoted, or signature.
struct Division {
    private let body: MailBody
    private let history: History
    private var kept: [Int] = []
    private var quoted: [Int] = []
    private var signature: [Int] = []

    var hasQuote: Bool { !quoted.isEmpty }

    init(_ body: MailBody) {
        self.body = body
        history = History(body)
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
        var lines = given
        var first = lines.endIndex
        while first > 0, body.lines[lines[first - 1]].depth == 0, !history.isQuoted[lines[first - 1]] { first -= 1 }
        // Where quoted lines stand above, the own text may be nothing but a signature.
        let above = first > 0 ? max(first - 1, 0) : first
        guard let begin = Signature.begin(in: lines[above...], of: body, hasQuote: history.end < body.lines.count || history.isQuoted.contains(true) || body.lines.contains { $0.depth > 0 }) else { return lines }
        signature = lines[begin...] + signature
        lines.removeSubrange(begin...)
        return lines
    }
}
