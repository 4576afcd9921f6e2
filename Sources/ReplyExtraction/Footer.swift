/// Lines below a mail that no person wrote: "Sent from my phone", legal notices, footers of mailing lists.
enum Footer {
    /// Whether such a footer begins in this line.
    static func begins(_ line: Int, in body: MailBody, startsParagraph: Bool) -> Bool {
        let content = body.content(line)
        if isMobile(line, in: body) { return true }
        guard startsParagraph || content.count < 120 else { return false }
        let text = words(body.lower(line))
        if startsParagraph, SignatureWords.legal.contains(where: { text.hasPrefix($0) }), isLong(line, body) { return true }
        if SignatureWords.list.contains(where: { text.hasPrefix($0) }) { return true }
        // "_____" with "… mailing list" below it.
        if Separator.isRule(content, length: 20), let next = body.nextFilled(after: line) {
            let below = body.lower(next)
            return below.contains("mailing list") || below.contains("unsubscribe") || SignatureWords.list.contains { below.hasPrefix($0) }
        }
        return false
    }

    /// Notices are long; a person's "Important: call me" is not.
    private static func isLong(_ line: Int, _ body: MailBody) -> Bool {
        var length = 0
        var index = line
        while index < body.lines.count, length < 120, !body.lines[index].isBlank || index == line + 1 {
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
        return text.count - found.count <= 90 && !text.hasSuffix("?") && text.split(separator: " ").count <= 14 && !text.contains(" is ") && !text.contains(" are ")
    }

    /// Without the marks that such lines are set in.
    static func words(_ text: String) -> Substring {
        var words = text.drop { !$0.isLetter && !$0.isNumber && $0 != "[" }
        while let last = words.last, last == "*" || last == "_" || last == "." || last == "~" || last == ")" || last.isWhitespace { words.removeLast() }
        return words
    }
}
