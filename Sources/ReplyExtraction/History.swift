import HTMLReading

/// Finds what earlier mails leave in a body beside quote marks: the lines that announce them, and where everything that follows is one.
struct History {
    /// Lines that are no own text though no mark stands before them.
    private(set) var isQuoted: [Bool]
    /// From here on everything is an earlier mail; the number of lines where nothing is.
    private(set) var end: Int

    private let body: MailBody
    /// No line above this one is own text.
    private var firstOwn = 0

    /// So many lines without a quote mark are looked at; nobody writes more by hand.
    private static let attemptLimit = 20_000
    /// A header that begins no block was followed for many lines.
    private static let headerCost = 50

    init(_ body: MailBody) {
        self.body = body
        isQuoted = [Bool](repeating: false, count: body.lines.count)
        end = body.lines.count
        end = mark()
    }

    private mutating func mark() -> Int {
        var index = 0
        // Whether own text stands above the line that is looked at.
        var hasOwnText = false
        var attempts = 0
        // Whether the marked element that is passed holds a blockquote, so that what stands beside it is an answer.
        var answersInQuote: Bool?
        while index < body.lines.count {
            let line = body.lines[index]
            if line.isBlank || line.depth > 0 && !line.regions.contains(.tail) {
                index += 1
                continue
            }
            if line.regions.contains(.tail) { return backed(index) }
            if !line.regions.contains(.quote) {
                answersInQuote = nil
            } else if answersInQuote == nil {
                answersInQuote = holdsBlockquote(index)
            }
            if line.regions.contains(.attribution) || line.regions.contains(.quote) && !(answersInQuote == true && hasPassedQuote(index)) {
                isQuoted[index] = true
                index += 1
                continue
            }
            attempts += 1
            if attempts > Self.attemptLimit { break }
            if let kind = Separator.kind(index, in: body) {
                if kind == .replyAbove || hasOwnText || !quoteFollows(index) { return backed(index) }
                isQuoted[index] = true
            } else if UnknownHeaders.begin(index, in: body) {
                return backed(index)
            } else if HeaderBlock.header(index, body) != nil {
                if let block = HeaderBlock(beginningAt: index, in: body) {
                    if !quoteFollows(block.end - 1) { return backed(NotesHeader(above: block, in: body)?.begin ?? index) }
                    for line in block.begin..<block.end { isQuoted[line] = true }
                    index = block.end
                    continue
                }
                attempts += Self.headerCost
                if let end = takeAttribution(index, &hasOwnText) { return end }
            } else if let end = takeAttribution(index, &hasOwnText) {
                return end
            }
            index += 1
        }
        return body.lines.count
    }

    /// Marks the attribution that ends in a line; gives where the earlier mail begins if no quote marks follow.
    private mutating func takeAttribution(_ index: Int, _ hasOwnText: inout Bool) -> Int? {
        guard let begin = Attribution.begin(endingAt: index, in: body) else {
            hasOwnText = true
            return nil
        }
        for line in begin...index { isQuoted[line] = true }
        while firstOwn < begin, body.lines[firstOwn].isBlank || isQuoted[firstOwn] || body.lines[firstOwn].depth > 0 { firstOwn += 1 }
        let above = hasOwnText && firstOwn < begin
        if above, !quoteFollows(index) { return backed(begin) }
        hasOwnText = above
        return nil
    }

    private func quoteFollows(_ index: Int) -> Bool {
        guard let next = body.nextFilled(after: index) else { return false }
        return body.lines[next].depth > 0 || body.lines[next].regions.contains(.quote)
    }

    /// Gmail puts answers between the lines into the same element as the quote: an attribution, a blockquote, an answer, a blockquote.
    private func holdsBlockquote(_ first: Int) -> Bool {
        var last = first
        while let next = body.nextFilled(after: last), next - first < 8 {
            if body.lines[next].depth > 0 { return body.lines[last].regions.contains(.attribution) || body.content(last).endsWithColon }
            last = next
        }
        return false
    }

    private func hasPassedQuote(_ index: Int) -> Bool {
        (max(0, index - 8)..<index).contains { body.lines[$0].depth > 0 }
            || index > 0 && !isQuoted[index - 1] && !body.lines[index - 1].isBlank
    }

    /// A rule directly above what begins an earlier mail belongs to it.
    private func backed(_ index: Int) -> Int {
        var begin = index
        while begin > 0 {
            var above = begin - 1
            if body.lines[above].isBlank, above > 0 { above -= 1 }
            let content = body.content(above)
            guard Separator.isRule(content, length: 4) || Separator.isFramed(content), !isQuoted[above] else { break }
            begin = above
        }
        return begin
    }
}
