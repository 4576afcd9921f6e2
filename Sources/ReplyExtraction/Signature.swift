/// Finds the signature, the legal notice and the list's footer at the end of what a person wrote.
enum Signature {
    /// Lines that a signature of a person has at most below its delimiter.
    private static let lineLimit = 30

    /// The first of the given lines that belongs to the signature; nil where there is none. `kept` are indices of lines, in order.
    static func begin(in kept: [Int], of body: MailBody) -> Int? {
        let filled = kept.indices.filter { !body.lines[kept[$0]].isBlank }
        guard filled.count > 1, let firstFilled = filled.first else { return nil }
        var best: Int?
        // From the end upwards: the topmost line that begins a signature, as long as all below belongs to it.
        var position = filled.count - 1
        var below = 0
        while position > 0, below < 120 {
            let index = filled[position]
            let line = kept[index]
            if body.lines[line].depth > 0 { break }
            if body.lines[line].regions.contains(.signature) {
                best = index
            } else if isDelimiter(body.content(line)) {
                if below <= lineLimit || best != nil { best = index }
            } else if isFooter(line, in: body, startsParagraph: index == 0 || body.lines[kept[index - 1]].isBlank || isRuleAbove(kept, index, body)) {
                best = isRuleAbove(kept, index, body) ? index - 1 : index
            }
            below += 1
            position -= 1
        }
        // A mail that is nothing but a signature is kept.
        guard let best, best > firstFilled else { return nil }
        return kept[best]
    }

    private static func isRuleAbove(_ kept: [Int], _ index: Int, _ body: MailBody) -> Bool {
        index > 0 && Separator.isRule(body.content(kept[index - 1]))
    }

    /// `-- ` (RFC 3676 §4.3) and what people make of it.
    static func isDelimiter(_ content: ArraySlice<UInt8>) -> Bool {
        switch content.count {
        case 2: return content.elementsEqual("--".utf8) || content.elementsEqual("__".utf8)
        case 3: return content.elementsEqual("---".utf8) || content.elementsEqual("___".utf8) || content.elementsEqual([0xE2, 0x80, 0x94]) || content.elementsEqual([0xE2, 0x80, 0x93])
        case 4...12: return content.allSatisfy { $0 == UInt8(ascii: "_") } || content.allSatisfy { $0 == UInt8(ascii: "-") } && content.count <= 5
        default: return false
        }
    }

    /// A line with which a footer begins that no person wrote.
    static func isFooter(_ line: Int, in body: MailBody, startsParagraph: Bool) -> Bool {
        let content = body.content(line)
        if isMobile(line, in: body) { return true }
        guard startsParagraph || content.count < 120 else { return false }
        let text = words(body.lower(line))
        if startsParagraph, SignatureWords.legal.contains(where: { text.hasPrefix($0) }), content.count > 60 || isLegalParagraph(line, body) { return true }
        if SignatureWords.list.contains(where: { text.hasPrefix($0) }) { return true }
        // "_____" with "… mailing list" below it.
        if Separator.isRule(content, length: 20), let next = body.nextFilled(after: line) {
            let below = body.lower(next)
            return below.contains("mailing list") || below.contains("unsubscribe") || SignatureWords.list.contains { below.hasPrefix($0) }
        }
        return false
    }

    /// A short first line of a notice counts only where more of it follows.
    private static func isLegalParagraph(_ line: Int, _ body: MailBody) -> Bool {
        var length = 0
        var index = line
        while index < body.lines.count, length < 200 {
            length += body.lines[index].content.count
            index += 1
        }
        return length >= 120
    }

    static func isMobile(_ line: Int, in body: MailBody) -> Bool {
        let content = body.content(line)
        guard content.count >= 6, content.count <= 160 else { return false }
        let text = words(body.lower(line))
        if SignatureWords.mobileEndings.contains(where: { text.hasSuffix($0) }), content.count < 60 { return true }
        guard let found = SignatureWords.mobile.first(where: { text.hasPrefix($0) }) else { return false }
        // A sentence that goes on is a person's: "Sent from my side are three parcels that …".
        return text.count - found.count <= 90 && !text.hasSuffix("?") && text.split(separator: " ").count <= 14
    }

    /// Without the marks that such lines are set in.
    private static func words(_ text: String) -> Substring {
        var words = text.drop { !$0.isLetter && !$0.isNumber && $0 != "[" }
        while let last = words.last, last == "*" || last == "_" || last == "." || last == "~" || last == ")" || last.isWhitespace { words.removeLast() }
        return words
    }
}
