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
        let next = body.nextFilled(after: last)
        let quoteFollows = next.map { body.lines[$0].depth > 0 || !body.lines[$0].regions.isDisjoint(with: [.quote, .tail]) } ?? false
        guard mayEnd(body.content(last)) else { return beginWithoutColon(last, in: body, quoteFollows) }

        var first = last
        var bytes = line.content.count
        var candidates = [last]
        while first > 0, candidates.count < lineLimit {
            var above = body.lines[first - 1]
            // An address on lines of its own, with a blank line before it.
            if above.isBlank, first > 1, body.content(first).first == UInt8(ascii: "<"), !body.lines[first - 2].isBlank {
                first -= 1
                above = body.lines[first - 1]
            }
            if above.isBlank || above.depth > 0 { break }
            bytes += above.content.count
            if bytes > byteLimit { break }
            first -= 1
            candidates.append(first)
        }
        // The nearest line above that such a line may begin with.
        let texts = candidates.map { joined($0, last, body) }
        for (candidate, text) in zip(candidates, texts) where isAttribution(text, .date, quoteFollows) { return candidate }
        for (candidate, text) in zip(candidates, texts) where isAttribution(text, .address, quoteFollows) { return candidate }
        return isAttribution(joined(last, last, body), .anything, quoteFollows) ? last : nil
    }

    /// "2013/7/20 Sam <sam@example.test>" and "2016-03-03 17:21 GMT+01:00 Sam": a paragraph of its own that begins with the date.
    private static func beginWithoutColon(_ last: Int, in body: MailBody, _ quoteFollows: Bool) -> Int? {
        let content = body.content(last)
        guard content.count <= 160, last + 1 >= body.lines.count || body.lines[last + 1].isBlank || quoteFollows else { return nil }
        let endsWithAddress = content.last == UInt8(ascii: ">")
        var first = last
        if endsWithAddress, content.first.map({ !$0.isDigit }) ?? true {
            guard last > 0, !body.lines[last - 1].isBlank, body.content(last - 1).contains(UInt8(ascii: "<")) else { return nil }
            first = last - 1
        }
        let opening = body.content(first)
        guard opening.first?.isDigit == true, first == 0 || body.lines[first - 1].isBlank else { return nil }
        let shape = LineShape(Array(joined(first, last, body).utf8)[...])
        guard shape.hasNumericDate else { return nil }
        if endsWithAddress, shape.hasAddress { return first }
        // With a time and its zone no person begins a line.
        return first == last && shape.hasTime && (body.lower(last).contains(" gmt") || body.lower(last).contains(" utc")) ? first : nil
    }

    private static func joined(_ first: Int, _ last: Int, _ body: MailBody) -> String {
        (first...last).map { body.text($0) }.joined(separator: " ")
    }

    /// A cheap look at the end: a colon, or letters or dashes that a known ending has.
    private static func mayEnd(_ content: ArraySlice<UInt8>) -> Bool {
        guard let last = content.last, content.count <= byteLimit else { return false }
        if last == UInt8(ascii: ":") { return true }
        // "：" U+FF1A, and a colon in bold.
        if content.count >= 3, content.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]) { return true }
        if last == UInt8(ascii: "*") || last == UInt8(ascii: "_"), content.dropLast().last == UInt8(ascii: ":") { return true }
        if last == UInt8(ascii: "-"), content.first == UInt8(ascii: "-") { return true }
        if last == UInt8(ascii: ">") || last == UInt8(ascii: ")") || last == UInt8(ascii: "]") || last == UInt8(ascii: ",") { return false }
        // "wrote" without its colon, and languages that end otherwise.
        return content.suffix(5).elementsEqual("wrote".utf8) || content.suffix(6).elementsEqual("wrote.".utf8)
    }

    private enum Opening {
        case date, address, anything
    }

    private static func isAttribution(_ text: String, _ opening: Opening, _ quoteFollows: Bool) -> Bool {
        var words = Substring(text.lowercased())
        var dashes = 0
        while let first = words.first, first == "-" || first == "*" || first == "_" || first.isWhitespace {
            if first == "-" { dashes += 1 }
            words.removeFirst()
        }
        var colon = false
        while let last = words.last, ":：-*_. ".contains(last) || last.isWhitespace {
            if last == ":" || last == "：" { colon = true }
            words.removeLast()
        }
        let shape = LineShape(Array(text.utf8)[...])
        if opening == .date, !beginsLikeOne(words, shape) { return false }
        if opening == .address, !beginsWithAddress(words) { return false }
        let beginsWell = opening != .anything
        let closing = AttributionWords.closing.contains { words.hasSuffix($0) && endsAWord(words, before: $0) }
        let who = shape.hasAddress || shape.hasAngle || words.contains("mailto:")
        if closing {
            // "https://example.org/what-she-wrote:" is no such line.
            if words.hasSuffix("wrote"), let space = words.lastIndex(where: { $0.isWhitespace || $0 == ">" || $0 == ")" || $0 == "\"" || $0 == "," || $0 == "]" }),
                words[words.index(after: space)...] != "wrote"
            {
                return false
            }
            if shape.hasNumericDate || shape.hasYear || (shape.hasTime && beginsWell) || who { return shape.hasAddress || shape.hasAngle || beginsWell || quoteFollows }
            return quoteFollows && (colon || dashes > 1)
        }
        guard colon || dashes >= 3 else { return false }
        let middle = AttributionWords.middle.contains { words.contains(" \($0) ") || words.contains("\($0) ") && words.hasPrefix($0) }
        if middle { return beginsWell && shape.hasDate && (shape.hasTime || shape.hasYear || shape.hasNumericDate) && !words.contains("wrote") || who && shape.hasDate }
        if beginsWell, who, shape.hasDate { return true }
        if quoteFollows, who || shape.hasNumericDate && shape.hasTime { return beginsWell || who }
        return AttributionWords.quoting.contains { words.hasPrefix($0) } && who
    }

    /// "Sam Miller <sam@example.test> schrieb am …".
    private static func beginsWithAddress(_ words: Substring) -> Bool {
        guard let open = words.firstIndex(of: "<"), let at = words[open...].firstIndex(of: "@") else { return false }
        return words.distance(from: words.startIndex, to: open) <= 60 && words.distance(from: open, to: at) <= 64 && words[..<open].split(separator: " ").count <= 6
    }

    private static func endsAWord(_ words: Substring, before suffix: String) -> Bool {
        let rest = words.dropLast(suffix.count)
        guard let last = rest.last else { return true }
        // Chinese, Japanese and Thai put no space before the verb.
        return !last.isLetter || !last.isASCII && (last.unicodeScalars.first?.value ?? 0) > 0x0E00
    }

    private static func beginsLikeOne(_ words: Substring, _ shape: LineShape) -> Bool {
        guard let first = words.first else { return false }
        if first.isNumber { return shape.hasNumericDate || shape.hasYear || shape.hasTime }
        if first == "在" || first == "於" || first == "于" { return shape.digits > 0 }
        if shape.digits > 0, AttributionWords.opening.contains(where: { words.hasPrefix($0) }) { return true }
        if AttributionWords.quoting.contains(where: { words.hasPrefix($0) }) { return true }
        guard shape.hasTime || shape.hasYear || shape.hasNumericDate else { return false }
        let word = words.prefix { $0.isLetter }
        return AttributionWords.weekdays.contains { word.hasPrefix($0) && ($0.utf8.count >= 3 || word == $0) }
    }
}
