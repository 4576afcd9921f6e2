/// Finds the signature, the legal notice and the list's footer at the end of what a person wrote.
enum Signature {
    /// Filled lines that are looked at from below.
    private static let lineLimit = 120
    /// Filled lines that a signature has at most below `-- `, and below a rule that somebody drew by hand.
    private static let belowDelimiter = 30
    private static let belowRule = 10

    /// Index in `kept` where the signature begins; nil where there is none. `kept` are numbers of lines, in order.
    /// - Parameter hasQuote: whether the mail quotes another.
    static func begin(in kept: ArraySlice<Int>, of body: MailBody, hasQuote: Bool) -> Int? {
        guard let firstFilled = kept.firstIndex(where: { !body.lines[$0].isBlank || body.lines[$0].depth > 0 }) else { return nil }
        var search = Search(kept: kept, body: body, hasQuote: hasQuote)
        search.run(downTo: firstFilled)
        var best = withRules(search.best, kept, body)
        // The person's own block of name, telephone and addresses has no line that announces it.
        // Above the delimiter of a signature "-Sam" is how the letter ends.
        let hasFooter = best.map { !isDelimiter(body.content(kept[$0])) } ?? false
        if let block = ContactBlock.begin(in: kept[..<(best ?? kept.endIndex)], of: body, hasFooter: hasFooter) { best = block }
        if let found = best, let signOff = SignOff.begin(in: kept[..<found], of: body) { best = signOff }
        // A mail that is nothing but a signature is kept, also one of nothing but footers.
        guard let best, best > firstFilled, kept[..<best].contains(where: { isText($0, body) }) else { return nil }
        return best
    }

    private static func isText(_ line: Int, _ body: MailBody) -> Bool {
        body.lines[line].depth > 0 || !body.lines[line].isBlank && Footer.kind(line, in: body, startsParagraph: false) != .mobile
    }

    /// Goes from the last line upwards, to the topmost line that begins a footer and has nothing but signature below it.
    private struct Search {
        let kept: ArraySlice<Int>
        let body: MailBody
        var best: Int?
        /// Filled lines above `best` that are no footer by themselves; and whether none of them is a sentence.
        private var unknown = 0
        private var isTerse = true
        /// Whether one of them is a question.
        private var asks = false
        private let hasQuote: Bool

        init(kept: ArraySlice<Int>, body: MailBody, hasQuote: Bool) {
            self.hasQuote = hasQuote
            self.kept = kept
            self.body = body
        }

        mutating func run(downTo firstFilled: Int) {
            var index = kept.endIndex - 1
            var seen = 0
            while index > firstFilled, seen < Signature.lineLimit {
                let line = kept[index]
                if !body.lines[line].isBlank {
                    if body.lines[line].depth > 0 { return }
                    seen += 1
                    take(index, line)
                }
                index -= 1
            }
        }

        private mutating func take(_ index: Int, _ line: Int) {
            let content = body.content(line)
            if Signature.isDelimiter(content) {
                // Where nothing is quoted, what an archive says of the mail may stay: it is no person's signature.
                if !hasQuote, let next = body.nextFilled(after: line), ListFooterWords.archives.prefix(of: body.lower(next)) != nil {
                    return
                }
                return isSignature(below: content) ? found(index) : passed(index, line)
            }
            let startsParagraph =
                index == kept.startIndex || body.lines[kept[index - 1]].isBlank || Separator.isRule(body.content(kept[index - 1]))
            switch Footer.kind(line, in: body, startsParagraph: startsParagraph) {
            case .legal: found(index)
            // What a person writes below these stays.
            case .list where unknown <= 15: found(index)
            case .mobile where isTerse && unknown <= 6: found(index)
            default: passed(index, line)
            }
        }

        /// A rule drawn by hand also divides what somebody wants to say; two of them do.
        private func isSignature(below delimiter: ArraySlice<UInt8>) -> Bool {
            if Signature.isDashes(delimiter) { return unknown <= Signature.belowDelimiter }
            guard unknown <= (isTerse ? Signature.belowRule : Signature.belowRule / 2) else { return false }
            return isTerse
                || !asks && kept.suffix(2 * Signature.lineLimit).lazy.filter { Signature.isDelimiter(body.content($0)) }.prefix(2).count < 2
        }

        private mutating func found(_ index: Int) {
            best = index
            unknown = 0
            isTerse = true
        }

        private mutating func passed(_ index: Int, _ line: Int) {
            unknown += 1
            if isTerse, ContactBlock.contacts([line], body) == nil { isTerse = false }
            if body.content(line).last == UInt8(ascii: "?") { asks = true }
        }
    }

    /// Rules directly above a footer belong to it.
    private static func withRules(_ begin: Int?, _ kept: ArraySlice<Int>, _ body: MailBody) -> Int? {
        guard var begin else { return nil }
        var index = begin - 1
        while index > kept.startIndex {
            let content = body.content(kept[index])
            if !content.isEmpty {
                guard Separator.isRule(content) || isDelimiter(content) else { break }
                begin = index
            }
            index -= 1
        }
        return begin
    }

    /// `--`, `–`, `—`: RFC 3676 §4.3 and what programs make of it.
    static func isDashes(_ content: ArraySlice<UInt8>) -> Bool {
        switch content.count {
        case 2: content.elementsEqual("--".utf8)
        case 3: content.elementsEqual([0xE2, 0x80, 0x94]) || content.elementsEqual([0xE2, 0x80, 0x93])
        default: false
        }
    }

    /// The same and the rules that people draw above their name.
    static func isDelimiter(_ content: ArraySlice<UInt8>) -> Bool {
        guard let first = content.first, content.count >= 2, content.count <= 30 else { return false }
        if isDashes(content) { return true }
        if first == UInt8(ascii: "_") { return content.allSatisfy { $0 == first } }
        return first == UInt8(ascii: "-") && content.count >= 3 && content.count <= 5 && content.allSatisfy { $0 == first }
    }
}
