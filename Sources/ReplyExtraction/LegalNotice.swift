/// "This email and any attachments are confidential …": recognised by how it begins, or by words that only lawyers heap like this.
enum LegalNotice {
    /// Notices are long; a person's "Important: call me" is not.
    private static let lengthLimit = 120
    private static let heapedLengthLimit = 160
    private static let stemsNeeded = 4
    /// So much of a paragraph is read.
    private static let readLimit = 1_500

    /// - Parameter text: the line in lower case, without marks.
    static func begins(_ line: Int, _ text: ArraySlice<UInt8>, in body: MailBody) -> Bool {
        let paragraph = paragraph(line, body)
        guard paragraph.count >= lengthLimit else { return false }
        if LegalNoticeWords.beginnings.prefix(of: text) != nil { return true }
        return paragraph.count >= heapedLengthLimit && heapsStems(paragraph)
    }

    /// From this line to the next blank one; a heading of its own belongs to what it stands above.
    private static func paragraph(_ line: Int, _ body: MailBody) -> ArraySlice<UInt8> {
        let begin = body.lines[line].content.lowerBound
        var end = body.lines[line].content.upperBound
        var index = line + 1
        while index < body.lines.count, end - begin < readLimit {
            let next = body.lines[index]
            if next.isBlank, index > line + 1 || end - begin > 60 { break }
            if !next.isBlank { end = next.content.upperBound }
            index += 1
        }
        return body.lowercased[begin..<min(end, begin + readLimit)]
    }

    private static func heapsStems(_ text: ArraySlice<UInt8>) -> Bool {
        var found: Set<Int> = []
        var inWord = false
        for index in text.indices {
            let byte = text[index]
            let isLetter = byte.isLetter || byte >= 0x80
            // Chinese, Japanese and Thai put no spaces between words.
            if isLetter, !inWord || byte >= 0xE0, let number = LegalNoticeWords.stems.prefixNumber(of: text[index...]) {
                found.insert(number)
                if found.count >= stemsNeeded { return true }
            }
            inWord = isLetter
        }
        return false
    }
}
