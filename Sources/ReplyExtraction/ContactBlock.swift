/// Finds a signature that nothing announces: short lines of name, office, telephone and addresses at the end of a mail.
enum ContactBlock {
    private static let paragraphLimit = 8
    private static let lineLimit = 20

    /// Index in `kept` where the block begins; nil where there is none. A footer below it makes it likelier.
    static func begin(in kept: ArraySlice<Int>, of body: MailBody, hasFooter: Bool) -> Int? {
        var best: Int?
        var index = kept.endIndex - 1
        var lines = 0
        for _ in 0..<paragraphLimit {
            while index >= kept.startIndex, body.lines[kept[index]].isBlank { index -= 1 }
            let last = index
            while index >= kept.startIndex, !body.lines[kept[index]].isBlank { index -= 1 }
            let first = index + 1
            // The first paragraph of a mail is what its writer wanted to say.
            guard last >= first, index > kept.startIndex, kept[..<first].contains(where: { !body.lines[$0].isBlank }) else { break }
            lines += last - first + 1
            guard lines <= lineLimit, let evidence = contacts(kept[first...last], body) else { break }
            if evidence > 0 { best = first }
            // "-Sam" above a footer.
            if best == nil, hasFooter, first == last, isDashedName(body.content(kept[first])) { best = first }
        }
        guard let best else { return nil }
        // "Here are my details:" announces what the writer wants to be read.
        if let above = kept[..<best].last(where: { !body.lines[$0].isBlank }), body.content(above).last == UInt8(ascii: ":"),
            body.content(above).count > 8
        {
            return nil
        }
        return hasFooter || beginsWithName(body.content(kept[best])) ? best : nil
    }

    /// How many lines say how to reach somebody; nil where a line is a sentence.
    static func contacts(_ lines: ArraySlice<Int>, _ body: MailBody) -> Int? {
        var found = 0
        for line in lines {
            let content = body.content(line)
            guard content.count <= 300, body.lines[line].depth == 0 else { return nil }
            if ContactLine.isContact(content, body.lower(line)) {
                found += 1
            } else if content.count > 90 || isSentence(content) {
                return nil
            }
        }
        return found
    }

    /// Ends as a sentence does, has as many words, or is an item of a list, which its writer wants to be read.
    private static func isSentence(_ content: ArraySlice<UInt8>) -> Bool {
        guard let last = content.last else { return false }
        let words = content.wordCount(limit: 14)
        switch last {
        case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "!"): return true
        // "Acme Ltd." is no sentence.
        case UInt8(ascii: "."): if content.count > 25 || words >= 3 && !content.suffix(5).contains(0x20) { return true }
        case UInt8(ascii: ","): if words > 4 { return true }
        default: break
        }
        return words > 12 || content.starts(with: "- ".utf8) || content.starts(with: "* ".utf8)
    }

    /// Up to eight words, at least half of them with a capital letter.
    private static func beginsWithName(_ content: ArraySlice<UInt8>) -> Bool {
        guard content.count <= 90 else { return false }
        let words = String(decoding: content, as: UTF8.self).split { $0 == " " || $0 == "*" || $0 == "|" || $0 == "," || $0 == "/" }
        guard (1...8).contains(words.count) else { return false }
        let capital = words.filter { $0.first.map { $0.isUppercase || !$0.isASCII && $0.isLetter && !$0.isLowercase } ?? false }.count
        return capital * 2 >= words.count && capital > 0
    }

    private static func isDashedName(_ content: ArraySlice<UInt8>) -> Bool {
        let name = content.drop { $0 == UInt8(ascii: "-") || $0 == 0x20 }
        return content.first == UInt8(ascii: "-") && name.count < content.count && name.count <= 40 && name.wordCount() <= 4
            && name.first.map { $0 >= 0x41 && $0 <= 0x5A } ?? false
    }
}
