import HTMLReading

/// Finds the line above a quote that says who wrote it and when, by its structure and by word lists.
enum Attribution {
    /// Longest line group that is looked at, in lines and in bytes.
    private static let lineLimit = 5
    private static let byteLimit = 700

    /// The attribution that ends in the given line: its first line. Nil where that line ends none.
    static func begin(endingAt last: Int, in body: MailBody) -> Int? {
        let line = body.lines[last]
        guard line.depth == 0, !line.isBlank else { return nil }
        guard mayEnd(body.content(last)) else {
            return line.content.count <= 160 ? beginWithoutColon(last, in: body, quoteFollows(last, body)) : nil
        }
        let candidates = candidates(endingAt: last, in: body)
        guard let first = candidates.last else { return nil }
        let quoteFollows = quoteFollows(last, body)
        // Nearly every line that ends in a colon has neither an address nor a date above it.
        let whole = LineShape(body.bytes[body.lines[first].content.lowerBound..<line.content.upperBound])
        guard quoteFollows || whole.hasAddress || whole.hasAngle || whole.hasDate else { return nil }
        // The nearest line above that such a line may begin with.
        let texts = candidates.map { AttributionText(body.joinedContent($0...last, lower: true)) }
        for (candidate, text) in zip(candidates, texts) where text.isAttribution(.date, quoteFollows) { return candidate }
        for (candidate, text) in zip(candidates, texts) where text.isAttribution(.address, quoteFollows) { return candidate }
        return texts.first?.isAttribution(.anything, quoteFollows) == true ? last : nil
    }

    private static func quoteFollows(_ line: Int, _ body: MailBody) -> Bool {
        guard let next = body.nextFilled(after: line) else { return false }
        return body.lines[next].depth > 0 || !body.lines[next].regions.isDisjoint(with: [.quote, .tail])
    }

    /// The lines that an attribution which ends here may begin in, from below.
    private static func candidates(endingAt last: Int, in body: MailBody) -> [Int] {
        var candidates = [last]
        var first = last
        var length = body.lines[last].content.count
        while first > 0, candidates.count < lineLimit {
            var above = first - 1
            // An address that stands alone may have a blank line before it.
            if body.lines[above].isBlank, above > 0, isAloneAddress(first, last, body) { above -= 1 }
            let line = body.lines[above]
            if line.isBlank || line.depth > 0 { break }
            length += line.content.count
            if length > byteLimit { break }
            first = above
            candidates.append(first)
        }
        return candidates
    }

    /// "<sam@example.test> wrote:", or the same broken over lines: "<", "mailto:…", "> wrote:".
    private static func isAloneAddress(_ first: Int, _ last: Int, _ body: MailBody) -> Bool {
        body.content(first).first == UInt8(ascii: "<") && (first...last).contains { body.content($0).contains(UInt8(ascii: "@")) }
    }

    /// "2013/7/20 Sam <sam@example.test>" and "2016-03-03 17:21 GMT+01:00 Sam": a paragraph of its own that begins with the date.
    private static func beginWithoutColon(_ last: Int, in body: MailBody, _ quoteFollows: Bool) -> Int? {
        let content = body.content(last)
        guard last + 1 >= body.lines.count || body.lines[last + 1].isBlank || quoteFollows else { return nil }
        let endsWithAddress = content.last == UInt8(ascii: ">")
        var first = last
        if endsWithAddress, content.first.map({ !$0.isDigit }) ?? true {
            guard last > 0, !body.lines[last - 1].isBlank, body.content(last - 1).contains(UInt8(ascii: "<")) else { return nil }
            first = last - 1
        }
        let opening = body.content(first)
        guard opening.first?.isDigit == true, first == 0 || body.lines[first - 1].isBlank else { return nil }
        let shape = LineShape(body.joinedContent(first...last)[...])
        guard shape.hasNumericDate else { return nil }
        if endsWithAddress, shape.hasAddress { return first }
        // With a time and its zone no person begins a line.
        return first == last && shape.hasTime && (body.lower(last).contains(" gmt") || body.lower(last).contains(" utc")) ? first : nil
    }

    /// A cheap look at the end: a colon, or letters or dashes that a known ending has.
    private static func mayEnd(_ content: ArraySlice<UInt8>) -> Bool {
        guard let last = content.last, content.count <= byteLimit else { return false }
        if content.endsWithColon { return true }
        if last == UInt8(ascii: "-"), content.first == UInt8(ascii: "-") { return true }
        // "wrote" without its colon.
        return last == UInt8(ascii: "e") && content.suffix(5).elementsEqual("wrote".utf8)
            || last == UInt8(ascii: ".") && content.suffix(6).elementsEqual("wrote.".utf8)
    }
}
