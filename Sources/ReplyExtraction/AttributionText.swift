/// One or more lines as one, in lower case, without the marks around; and what they say.
struct AttributionText {
    enum Opening {
        case date, address, anything
    }

    private let words: ArraySlice<UInt8>
    private let shape: LineShape
    private var dashes = 0
    private var colon = false

    init(_ lower: [UInt8]) {
        shape = LineShape(lower[...])
        var words = lower[...]
        while let first = words.first {
            if first == UInt8(ascii: "-") { dashes += 1 }
            // Marks of direction before Hebrew and Arabic: U+200E, U+202A and their like.
            if first == 0xE2, words.count > 3, words[words.startIndex + 1] == 0x80 {
                words.removeFirst(3)
            } else if first == UInt8(ascii: "-") || first == UInt8(ascii: "*") || first == UInt8(ascii: "_") || first <= 0x20 {
                words.removeFirst()
            } else {
                break
            }
        }
        while let last = words.last {
            if last == UInt8(ascii: ":") {
                colon = true
                words.removeLast()
            } else if last == 0x9A, words.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]) {
                colon = true
                words.removeLast(3)
            } else if last == UInt8(ascii: "-") || last == UInt8(ascii: "*") || last == UInt8(ascii: "_") || last == UInt8(ascii: ".")
                || last <= 0x20
            {
                words.removeLast()
            } else if last >= 0x80, words.count > 3, words.suffix(3).starts(with: [0xE2, 0x80]) {
                words.removeLast(3)
            } else if last == 0xA0, words.suffix(2).elementsEqual([0xC2, 0xA0]) {
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
        if let verb = closingVerb {
            if !quoteFollows, isPersonal(verb) { return false }
            if shape.hasNumericDate || shape.hasYear || shape.hasTime && beginsWell || who { return who || beginsWell || quoteFollows }
            return quoteFollows && (colon || dashes > 1)
        }
        guard colon || dashes >= 3 else { return false }
        // People write addresses too, but not in brackets behind a date.
        let enclosed = shape.hasEnclosedAddress || shape.hasAngle
        if AttributionWords.middle.isPart(of: words), shape.hasDate {
            let personal = AttributionWords.personal.isPart(of: words)
            return beginsWell && (enclosed || quoteFollows || !personal)
                || quoteFollows && (who || beginsWithName && shape.isMoment && !personal)
        }
        if beginsWell, enclosed, shape.hasDate { return true }
        if quoteFollows, who || shape.isMoment { return beginsWell || who }
        return AttributionWords.quoting.prefix(of: words) != nil && who
    }

    /// Length of "wrote" as a word of its own at the end: not the end of a link.
    private var closingVerb: Int? {
        guard let length = AttributionWords.closing.suffix(of: words) else { return nil }
        guard let before = words.dropLast(length).last, let first = words.suffix(length).first else { return length }
        switch before {
        case 0...0x20, UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "]"), 0xA0,
            UInt8(ascii: "*"), UInt8(ascii: "'"), UInt8(ascii: ":"):
            return length
        // Chinese, Japanese and Thai put no space before the verb; marks of direction stand before Arabic.
        default: return first >= 0xE0 || before >= 0x80 && first >= 0xD7 ? length : nil
        }
    }

    /// "On 3 March 2026 you wrote:" is a person's sentence.
    private func isPersonal(_ verb: Int) -> Bool {
        var before = words.dropLast(verb)
        while let last = before.last, last <= 0x20 || last == UInt8(ascii: ",") { before.removeLast() }
        return AttributionWords.pronouns.suffix(of: before) != nil
    }

    private var beginsWithDate: Bool {
        guard let first = words.first else { return false }
        if first.isDigit || first == 0xD9 || first == 0xDB { if shape.hasDate, !beginsWithYearAlone { return true } }
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

    /// "2026 at 10:00, Sam": the rest of a line that was broken in the date.
    private var beginsWithYearAlone: Bool {
        words.count > 7 && words.prefix(4).allSatisfy(\.isDigit) && words[words.startIndex + 4] == 0x20
            && words[words.startIndex + 5].isLetter
            && words[words.startIndex + 6] != UInt8(ascii: ".")
    }

    /// "Sam Miller schrieb am 3.3.2026 um 10:00": nothing but a name stands before the verb.
    private var beginsWithName: Bool {
        let name = words.prefix { !$0.isDigit }.prefix(60)
        return AttributionWords.middle.isPart(of: name) && name.wordCount() <= 7
    }

    /// "Sam Miller <sam@example.test> schrieb am …".
    private var beginsWithAddress: Bool {
        guard let open = words.prefix(80).firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "(") }),
            words[open...].prefix(70).contains(UInt8(ascii: "@"))
        else { return false }
        return words[..<open].wordCount() <= 6
    }
}
