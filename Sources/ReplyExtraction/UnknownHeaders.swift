/// Header lines in a language that no list knows, below a rule that a mail program drew: four lines of "Name: value", one with an address and
/// one with a date and a time.
enum UnknownHeaders {
    private static let lines = 4
    private static let nameLimit = 40

    static func begin(_ first: Int, in body: MailBody) -> Bool {
        guard isBelowRule(first, body), first + lines <= body.lines.count else { return false }
        var hasAddress = false
        var hasMoment = false
        for line in first..<first + lines {
            let content = body.content(line)
            guard content.count <= 600, let colon = content.prefix(nameLimit).firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == 0xEF }),
                content[content.startIndex..<colon].wordCount(limit: 4) <= 3
            else { return false }
            let shape = LineShape(content)
            hasAddress = hasAddress || shape.hasEnclosedAddress
            hasMoment = hasMoment || shape.isMoment
        }
        return hasAddress && hasMoment
    }

    private static func isBelowRule(_ line: Int, _ body: MailBody) -> Bool {
        if body.lines[line].regions.contains(.belowRule) { return true }
        guard let above = body.previousFilled(before: line) else { return false }
        return line - above <= 2 && Separator.isRule(body.content(above), length: 20)
    }
}
