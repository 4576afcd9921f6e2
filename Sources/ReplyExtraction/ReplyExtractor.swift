import HTMLReading

/// Takes a mail's text apart: what its sender wrote anew, what was quoted, the signature. Any language, any common mail program; linear in the input.
/// In doubt text is kept: a mail that would lose all its text keeps all of it.
public enum ReplyExtractor {
    /// - Parameters:
    ///   - text: the text part, any line ends; empty where the mail has none.
    ///   - html: the HTML part. Its marks say more about quotes than the text does where the text has none.
    public static func extract(text: String, html: String? = nil) -> ExtractedReply {
        let hasText = text.utf8.contains { $0 > 0x20 }
        guard let html, !html.isEmpty else { return Division(MailBody(text: text)).reply(whole: text) }
        guard hasText else {
            let body = MailBody(html: html)
            return Division(body).reply(whole: body.joined(Array(body.lines.indices), quoteMarks: true))
        }
        let byText = Division(MailBody(text: text))
        if byText.hasQuote { return byText.reply(whole: text) }
        let body = MailBody(html: html)
        let byHTML = Division(body)
        return byHTML.hasQuote || byHTML.hasSignature && !byText.hasSignature ? byHTML.reply(whole: text) : byText.reply(whole: text)
    }
}

/// Which lines of a body are new, quoted, or signature.
struct Division {
    private let body: MailBody
    private var kept: [Int] = []
    private var quoted: [Int] = []
    private var signature: [Int] = []

    var hasQuote: Bool { !quoted.isEmpty }
    var hasSignature: Bool { !signature.isEmpty }

    init(_ body: MailBody) {
        self.body = body
        divide()
    }

    func reply(whole: String) -> ExtractedReply {
        let reply = body.joined(kept, quoteMarks: true)
        guard reply.utf8.contains(where: { $0 > 0x20 }) else { return ExtractedReply(reply: whole.trimmedEnds) }
        let signature = body.joined(signature, quoteMarks: true)
        return ExtractedReply(reply: reply, quoted: body.joined(quoted, quoteMarks: true), signature: signature.isEmpty ? nil : signature)
    }

    // MARK: - Dividing

    /// What a run of lines is.
    private struct Run {
        var isQuote: Bool
        var lines: [Int]
    }

    private mutating func divide() {
        var isQuoted = [Bool](repeating: false, count: body.lines.count)
        let end = markHistory(&isQuoted)
        // A footer below the last own or quoted line is no answer to it.
        var own = Array(0..<end)
        takeSignature(from: &own, isQuoted)
        let runs = self.runs(isQuoted, own)
        let answers = runs.indices.filter { !runs[$0].isQuote && $0 > 0 }
        let lastAnswer = answers.last ?? 0
        for (index, run) in runs.enumerated() {
            if !run.isQuote {
                kept += run.lines
            } else if index < lastAnswer, answers.count > 1 || !isWholeMail(run, isQuoted) {
                // Answers between the lines stay with the lines that they answer; so does a passage that somebody quoted by hand.
                kept += run.lines
            } else {
                quoted += run.lines
            }
        }
        quoted += end..<body.lines.count
        own = kept
        takeSignature(from: &own, isQuoted)
        kept = own
        takeBanner()
    }

    /// Whether a quoted run is an earlier mail: a line above it says whose, or the mail program marked it.
    private func isWholeMail(_ run: Run, _ isQuoted: [Bool]) -> Bool {
        run.lines.contains { isQuoted[$0] || body.lines[$0].regions.contains(.quote) }
    }

    /// Marks attributions as quoted, and finds where everything that follows is an earlier mail.
    private func markHistory(_ isQuoted: inout [Bool]) -> Int {
        var index = 0
        // Whether own text stands above the line that is looked at.
        var hasOwnText = false
        var attempts = 0
        while index < body.lines.count {
            let line = body.lines[index]
            if line.regions.contains(.tail), !line.isBlank { return backed(index) }
            if line.isBlank || line.depth > 0 {
                index += 1
                continue
            }
            if !line.regions.isDisjoint(with: [.quote, .attribution]) {
                isQuoted[index] = true
                index += 1
                continue
            }
            attempts += 1
            if attempts > Self.attemptLimit { break }
            if let kind = Separator.kind(index, in: body) {
                if kind == .replyAbove || hasOwnText || !quoteFollows(index) { return backed(index) }
                isQuoted[index] = true
            } else if let block = HeaderBlock(beginningAt: index, in: body) {
                if !quoteFollows(block.end - 1) { return backed(index) }
                for line in block.begin..<block.end { isQuoted[line] = true }
                index = block.end
                continue
            } else if let begin = Attribution.begin(endingAt: index, in: body) {
                for line in begin...index { isQuoted[line] = true }
                let above = hasOwnText && (0..<begin).contains { !body.lines[$0].isBlank && !isQuoted[$0] && body.lines[$0].depth == 0 }
                if above, !quoteFollows(index) { return begin }
                hasOwnText = above
            } else {
                hasOwnText = true
                // A header that begins no block was followed for many lines.
                if HeaderBlock.header(index, body) != nil { attempts += 50 }
            }
            index += 1
        }
        return body.lines.count
    }

    /// So many lines without a quote mark are looked at; nobody writes more by hand.
    private static let attemptLimit = 20_000

    private func quoteFollows(_ index: Int) -> Bool {
        guard let next = body.nextFilled(after: index) else { return false }
        return body.lines[next].depth > 0 || body.lines[next].regions.contains(.quote)
    }

    /// A rule directly above what begins an earlier mail belongs to it.
    private func backed(_ index: Int) -> Int {
        var begin = index
        while begin > 0 {
            let above = body.lines[begin - 1]
            if above.isBlank {
                guard begin > 1, Separator.isRule(body.content(begin - 2), length: 4) || Separator.isFramed(body.content(begin - 2)) else {
                    break
                }
                begin -= 1
            } else if Separator.isRule(body.content(begin - 1), length: 4) || Separator.isFramed(body.content(begin - 1)) {
                begin -= 1
            } else {
                break
            }
        }
        return begin
    }

    /// Runs of quoted and own lines; blank lines go with what stands before them.
    private func runs(_ isQuoted: [Bool], _ lines: [Int]) -> [Run] {
        var runs: [Run] = []
        for index in lines {
            let line = body.lines[index]
            if line.isBlank, line.depth == 0 {
                if let last = runs.indices.last { runs[last].lines.append(index) }
                continue
            }
            // The rest of a quoted line that was broken on the way counts as quoted.
            let quote = line.depth > 0 || isQuoted[index] || isBrokenOff(index, lines.count)
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

    private mutating func takeSignature(from lines: inout [Int], _ isQuoted: [Bool]) {
        guard let begin = Signature.begin(in: lines, of: body, isQuoted: isQuoted), let at = lines.firstIndex(of: begin) else { return }
        signature = lines[at...] + signature
        lines.removeSubrange(at...)
    }

    private mutating func takeBanner() {
        guard let first = kept.first(where: { !body.lines[$0].isBlank }) else { return }
        guard SignatureWords.banner.prefix(of: body.lower(first)[...].droppingMarks()) != nil, let at = kept.firstIndex(of: first) else {
            return
        }
        // The banner is its paragraph.
        var endOfBanner = at
        while endOfBanner < kept.count, !body.lines[kept[endOfBanner]].isBlank { endOfBanner += 1 }
        guard kept[endOfBanner...].contains(where: { !body.lines[$0].isBlank }) else { return }
        kept.removeSubrange(..<endOfBanner)
    }
}

extension StringProtocol {
    /// Without white space and control characters at either end.
    var trimmedEnds: String {
        let bytes = Array(utf8)
        guard let begin = bytes.firstIndex(where: { $0 > 0x20 }), let end = bytes.lastIndex(where: { $0 > 0x20 }) else { return "" }
        return String(decoding: bytes[begin...end], as: UTF8.self)
    }
}
