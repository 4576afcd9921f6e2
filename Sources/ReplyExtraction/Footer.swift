/// Lines below a mail that no person wrote: "Sent from my phone", legal notices, footers of mailing lists.
enum Footer {
    /// Whether such a footer begins in this line.
    static func begins(_ line: Int, in body: MailBody, startsParagraph: Bool) -> Bool {
        let content = body.content(line)
        if isMobile(line, in: body) { return true }
        guard startsParagraph || content.count < 120 else { return false }
        let text = words(body.lower(line)[...])
        if startsParagraph, SignatureWords.legal.prefix(of: text) != nil, isLong(line, body) { return true }
        if SignatureWords.list.prefix(of: text) != nil { return true }
        // "_____" with "… mailing list" below it.
        if Separator.isRule(content, length: 20), let next = body.nextFilled(after: line) {
            let below = body.lower(next)[...]
            return below.contains("mailing list") || below.contains("unsubscribe") || SignatureWords.list.prefix(of: below) != nil
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
        let text = words(body.lower(line)[...])
        if content.count < 60, SignatureWords.mobileEndings.suffix(of: text) != nil { return true }
        guard let length = SignatureWords.mobile.prefix(of: text) else { return false }
        // A sentence that goes on is a person's: "Sent from my side are three parcels that …".
        return text.count - length <= 110 && text.last != UInt8(ascii: "?") && text.split(separator: 0x20).count <= 14
            && !text.contains(" is ") && !text.contains(" are ")
    }

    /// Without the marks that such lines are set in.
    static func words(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var words = text.droppingMarks()
        while let last = words.last,
            last == UInt8(ascii: "*") || last == UInt8(ascii: "_") || last == UInt8(ascii: ".") || last == UInt8(ascii: "~")
                || last == UInt8(ascii: ")") || last <= 0x20
        { words.removeLast() }
        return words
    }
}
