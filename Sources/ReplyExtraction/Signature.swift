import HTMLReading

/// Finds the signature, the legal notice and the list's footer at the end of what a person wrote.
enum Signature {
    /// Lines that a signature of a person has at most below its delimiter.
    private static let lineLimit = 30

    /// The first of the given lines that belongs to the signature; nil where there is none. `kept` are indices of lines, in order.
    static func begin(in kept: [Int], of body: MailBody, isQuoted: [Bool]) -> Int? {
        let filled = kept.indices.filter { !body.lines[kept[$0]].isBlank }
        guard filled.count > 1, let firstFilled = filled.first else { return nil }
        var best: Int?
        // From the end upwards: the topmost line that begins a footer.
        var position = filled.count - 1
        var below = 0
        while position > 0, below < 120 {
            let index = filled[position]
            let line = kept[index]
            if body.lines[line].depth > 0 || isQuoted[line] { break }
            if body.lines[line].regions.contains(.signature) {
                best = index
            } else if isDelimiter(body.content(line)) {
                if below <= lineLimit || best != nil { best = index }
            } else if Footer.begins(
                line, in: body, startsParagraph: index == 0 || body.lines[kept[index - 1]].isBlank || isRule(kept, index - 1, body))
            {
                best = index
            }
            below += 1
            position -= 1
        }
        best = withRules(best, kept, body)
        // The person's own block of name, telephone and addresses has no line that announces it.
        let blockEnd = best ?? kept.count
        // Above the delimiter of a signature "-Sam" is how the letter ends.
        let hasFooter = best.map { !isDelimiter(body.content(kept[$0])) } ?? false
        if let block = ContactBlock.begin(in: kept, endingBefore: blockEnd, of: body, isQuoted: isQuoted, hasFooter: hasFooter) {
            best = block
        }
        // A mail that is nothing but a signature is kept.
        guard let best, best > firstFilled else { return nil }
        return kept[best]
    }

    private static func isRule(_ kept: [Int], _ index: Int, _ body: MailBody) -> Bool {
        index >= 0 && Separator.isRule(body.content(kept[index]))
    }

    /// Rules directly above a footer belong to it.
    private static func withRules(_ begin: Int?, _ kept: [Int], _ body: MailBody) -> Int? {
        guard var begin else { return nil }
        var index = begin - 1
        while index > 0, body.lines[kept[index]].isBlank || isRule(kept, index, body) || isDelimiter(body.content(kept[index])) {
            if !body.lines[kept[index]].isBlank { begin = index }
            index -= 1
        }
        return begin
    }

    /// `-- ` (RFC 3676 §4.3) and what people make of it.
    static func isDelimiter(_ content: ArraySlice<UInt8>) -> Bool {
        switch content.count {
        case 2: return content.elementsEqual("--".utf8) || content.elementsEqual("__".utf8)
        case 3:
            return content.elementsEqual("---".utf8) || content.elementsEqual("___".utf8) || content.elementsEqual([0xE2, 0x80, 0x94])
                || content.elementsEqual([0xE2, 0x80, 0x93])
        case 4...30:
            return content.allSatisfy { $0 == UInt8(ascii: "_") } || content.allSatisfy { $0 == UInt8(ascii: "-") } && content.count <= 5
        default: return false
        }
    }
}
