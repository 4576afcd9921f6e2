/// Finds a signature that nothing announces: short lines of name, office, telephone and addresses at the end of a mail.
enum ContactBlock {
    private static let paragraphLimit = 8
    private static let lineLimit = 20

    /// Index in `kept` where the block begins; nil where there is none. A footer below it makes it likelier.
    static func begin(in kept: [Int], endingBefore end: Int, of body: MailBody, isQuoted: [Bool], hasFooter: Bool) -> Int? {
        var best: Int?
        var index = end - 1
        var lines = 0
        for _ in 0..<paragraphLimit {
            while index >= 0, body.lines[kept[index]].isBlank { index -= 1 }
            let last = index
            while index >= 0, !body.lines[kept[index]].isBlank { index -= 1 }
            let first = index + 1
            // The first paragraph of a mail is what its writer wanted to say.
            guard last >= first, index > 0, kept[..<first].contains(where: { !body.lines[$0].isBlank }) else { break }
            lines += last - first + 1
            guard lines <= lineLimit, let evidence = evidence(kept[first...last], body, isQuoted) else { break }
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
        return beginsWithName(body.content(kept[best])) || hasFooter ? best : nil
    }

    /// How many lines of a paragraph say how to reach somebody; nil where a line is a sentence.
    private static func evidence(_ lines: ArraySlice<Int>, _ body: MailBody, _ isQuoted: [Bool]) -> Int? {
        var found = 0
        for line in lines {
            let content = body.content(line)
            if content.count > 90 || body.lines[line].depth > 0 || isQuoted[line] { return nil }
            if let last = content.last, content.count > 25,
                last == UInt8(ascii: ".") || last == UInt8(ascii: "?") || last == UInt8(ascii: "!"), !isContact(content)
            {
                return nil
            }
            if content.last == UInt8(ascii: "?") || content.last == UInt8(ascii: ":")
                || content.last == UInt8(ascii: ",") && content.split(separator: 0x20).count > 4
            {
                return nil
            }
            // A list's items are the writer's.
            if content.starts(with: "- ".utf8) || content.starts(with: "* ".utf8) || content.split(separator: 0x20).count > 12 {
                return nil
            }
            if isContact(content) { found += 1 }
        }
        return found
    }

    /// A telephone number, an address, a link, or a label of one.
    private static func isContact(_ content: ArraySlice<UInt8>) -> Bool {
        var digits = 0
        var others = 0
        for byte in content {
            if byte.isDigit { digits += 1 } else if byte.isLetter { others += 1 }
        }
        if digits >= 7, digits * 3 >= others { return true }
        let words = Footer.words(MailBody.lower(content)[...])
        if content.contains(UInt8(ascii: "@")),
            !content.contains(0x20) || words.first == UInt8(ascii: "e") || words.first == UInt8(ascii: "m")
        {
            return true
        }
        if links.prefix(of: words) != nil, !content.contains(0x20) { return true }
        return digits >= 5 && labels.prefix(of: words) != nil
    }

    private static let links = WordList(["http://", "https://", "www."])
    private static let labels = WordList([
        "tel", "phone", "fax", "mob", "cell", "office", "direct", "t:", "m:", "f:", "p:", "d:", "t ", "m ", "ph", "telefon", "handy",
        "mobil", "tél", "portable", "teléfono", "móvil", "telefono", "cellulare", "telefoon", "bel mij",
        "telefone", "celular", "puh", "tlf", "тел", "моб", "电话", "手机", "電話", "携帯", "전화", "iban", "kvk", "btw", "vat", "ust-id", "siret",
    ])

    /// Two to five words, each with a capital letter, a digit, or a mark between them.
    private static func beginsWithName(_ content: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: content, as: UTF8.self)
        let words = text.split { $0 == " " || $0 == "*" || $0 == "|" || $0 == "," || $0 == "/" }
        guard (1...8).contains(words.count) else { return false }
        let capital = words.filter { $0.first.map { $0.isUppercase || !$0.isASCII && $0.isLetter && !$0.isLowercase } ?? false }.count
        return capital * 2 >= words.count && capital > 0
    }

    private static func isDashedName(_ content: ArraySlice<UInt8>) -> Bool {
        let name = content.drop { $0 == UInt8(ascii: "-") || $0 == 0x20 }
        return content.first == UInt8(ascii: "-") && name.count < content.count && name.count <= 40
            && name.split(separator: 0x20).count <= 4 && name.first.map { $0 >= 0x41 && $0 <= 0x5A } ?? false
    }
}
