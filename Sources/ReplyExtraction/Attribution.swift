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
        var length = line.content.count
        var candidates = [last]
        while first > 0, candidates.count < lineLimit {
            var above = body.lines[first - 1]
            // An address on lines of its own, with a blank line before it.
            if above.isBlank, first > 1, body.content(first).first == UInt8(ascii: "<"), !body.lines[first - 2].isBlank {
                first -= 1
                above = body.lines[first - 1]
            }
            if above.isBlank || above.depth > 0 { break }
            length += above.content.count
            if length > byteLimit { break }
            first -= 1
            candidates.append(first)
        }
        // Nearly every line that ends in a colon has neither an address nor a date above it.
        let whole = LineShape(body.bytes[body.lines[first].content.lowerBound..<line.content.upperBound])
        guard quoteFollows || whole.hasAddress || whole.hasAngle || whole.hasDate else { return nil }
        // The nearest line above that such a line may begin with.
        let texts = candidates.map { Text(joined($0, last, body)) }
        for (candidate, text) in zip(candidates, texts) where text.isAttribution(.date, quoteFollows) { return candidate }
        for (candidate, text) in zip(candidates, texts) where text.isAttribution(.address, quoteFollows) { return candidate }
        return texts.first?.isAttribution(.anything, quoteFollows) == true ? last : nil
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
        let shape = LineShape(joined(first, last, body)[...])
        guard shape.hasNumericDate else { return nil }
        if endsWithAddress, shape.hasAddress { return first }
        // With a time and its zone no person begins a line.
        return first == last && shape.hasTime && (body.lower(last)[...].contains(" gmt") || body.lower(last)[...].contains(" utc"))
            ? first : nil
    }

    private static func joined(_ first: Int, _ last: Int, _ body: MailBody) -> [UInt8] {
        var out: [UInt8] = []
        for line in first...last where !body.lines[line].isBlank {
            if !out.isEmpty { out.append(0x20) }
            out += body.content(line)
        }
        return out
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

    /// One or more lines as one, in lower case, without the marks around.
    private struct Text {
        let words: ArraySlice<UInt8>
        let shape: LineShape
        var dashes = 0
        var colon = false

        init(_ bytes: [UInt8]) {
            shape = LineShape(bytes[...])
            var words = MailBody.lower(bytes[...])[...]
            while let first = words.first,
                first == UInt8(ascii: "-") || first == UInt8(ascii: "*") || first == UInt8(ascii: "_") || first <= 0x20
            {
                if first == UInt8(ascii: "-") { dashes += 1 }
                words.removeFirst()
            }
            // Marks of direction before Hebrew and Arabic: U+200E, U+202A and their like.
            while words.count > 3, words.starts(with: [0xE2, 0x80]) { words.removeFirst(3) }
            while let last = words.last {
                if last == UInt8(ascii: ":") || words.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]) {
                    colon = true
                    words.removeLast(last == UInt8(ascii: ":") ? 1 : 3)
                } else if last == UInt8(ascii: "-") || last == UInt8(ascii: "*") || last == UInt8(ascii: "_") || last == UInt8(ascii: ".")
                    || last <= 0x20
                {
                    words.removeLast()
                } else if words.count > 3, words.suffix(3).starts(with: [0xE2, 0x80]) {
                    words.removeLast(3)
                } else if words.suffix(2).elementsEqual([0xC2, 0xA0]) {
                    words.removeLast(2)
                } else {
                    break
                }
            }
            self.words = words
        }

        func isAttribution(_ opening: Opening, _ quoteFollows: Bool) -> Bool {
            if opening == .date, !beginsWithDate { return false }
            if opening == .address, !beginsWithAddress { return false }
            let beginsWell = opening != .anything
            let who = shape.hasAddress || shape.hasAngle
            if endsWithVerb {
                if shape.hasNumericDate || shape.hasYear || shape.hasTime && beginsWell || who { return who || beginsWell || quoteFollows }
                return quoteFollows && (colon || dashes > 1)
            }
            guard colon || dashes >= 3 else { return false }
            if AttributionWords.middle.isPart(of: words) { return shape.hasDate && (beginsWell || who) }
            if beginsWell, who, shape.hasDate { return true }
            if quoteFollows, who || shape.hasNumericDate && shape.hasTime { return beginsWell || who }
            return AttributionWords.quoting.prefix(of: words) != nil && who
        }

        /// "wrote" as a word of its own: not the end of a link.
        private var endsWithVerb: Bool {
            guard let length = AttributionWords.closing.suffix(of: words) else { return false }
            guard let before = words.dropLast(length).last, let first = words.suffix(length).first else { return true }
            // Chinese, Japanese and Thai put no space before the verb.
            return before <= 0x20 || before == UInt8(ascii: ">") || before == UInt8(ascii: ")") || before == UInt8(ascii: "\"")
                || before == UInt8(ascii: ",") || before == UInt8(ascii: "]") || first >= 0xE0 || before == 0xA0
        }

        private var beginsWithDate: Bool {
            guard let first = words.first else { return false }
            if first.isDigit { return shape.hasDate }
            guard shape.digits > 0 else { return AttributionWords.quoting.prefix(of: words) != nil }
            // 在, 於, 于.
            if words.starts(with: [0xE5, 0x9C, 0xA8]) || words.starts(with: [0xE6, 0x96, 0xBC]) || words.starts(with: [0xE4, 0xBA, 0x8E]) {
                return true
            }
            if AttributionWords.opening.prefix(of: words) != nil || AttributionWords.quoting.prefix(of: words) != nil { return true }
            guard shape.hasDate, let length = AttributionWords.weekdays.prefix(of: words) else { return false }
            let rest = words.dropFirst(length)
            return length >= 3 || rest.first.map { !$0.isLetter && $0 < 0x80 } ?? true
        }

        /// "Sam Miller <sam@example.test> schrieb am …".
        private var beginsWithAddress: Bool {
            guard let open = words.prefix(80).firstIndex(of: UInt8(ascii: "<")), words[open...].prefix(70).contains(UInt8(ascii: "@"))
            else { return false }
            return words[..<open].split(separator: 0x20).count <= 6
        }
    }
}
