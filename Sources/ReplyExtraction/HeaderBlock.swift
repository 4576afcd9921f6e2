/// Finds the lines "From: … Sent: … To: … Subject: …" that mail programs print above an earlier mail.
struct HeaderBlock {
    /// The block's first line, and the first line behind it.
    var begin: Int
    var end: Int
    /// The first value of each kind.
    var values: [HeaderNames.Kind: String] = [:]

    /// At most so many lines may lie between two headers: long recipient lists are wrapped.
    private static let continuationLimit = 6

    /// The block that begins in this line; nil where none does.
    init?(beginningAt first: Int, in body: MailBody, depth: Int = 0) {
        guard let opening = Self.header(first, body), opening.kind != .other, opening.kind != .copy, body.lines[first].depth == depth else {
            return nil
        }
        begin = first
        end = first
        var found: Set<HeaderNames.Kind> = []
        var lines = 0
        var index = first
        var continuation = 0
        var blank = 0
        var evidence = false
        var last = opening.kind
        while index < body.lines.count, lines < 60 {
            let line = body.lines[index]
            if line.isBlank || line.depth != depth {
                if line.depth != depth { break }
                blank += 1
                // A mail turned from HTML may have a blank line between every two headers.
                if blank > 1 || found.count >= 4 { break }
                index += 1
                continue
            }
            if let header = Self.header(index, body), !(header.kind != .other && found.contains(header.kind) && blank > 0) {
                if blank > 0, continuation > 0 { break }
                found.insert(header.kind)
                last = header.kind
                continuation = 0
                if values[header.kind] == nil { values[header.kind] = header.value }
                let shape = LineShape(Array(header.value.utf8)[...])
                if shape.hasAddress, header.kind == .from || header.kind == .to || header.kind == .replyTo { evidence = true }
                if header.kind == .date, shape.hasDate {
                    evidence = evidence || found.contains(.from) && found.contains(.to) && shape.hasTime && shape.hasYear
                }
                if header.kind == .subject { evidence = true }
                lines += 1
                end = index + 1
            } else {
                // The rest of a long value.
                guard blank == 0, continuation < Self.continuationLimit,
                    last == .to || last == .copy || last == .subject || last == .from || last == .date
                else { break }
                if last == .subject || last == .from || last == .date, continuation >= 1 { break }
                continuation += 1
                if last != .subject, Self.isContinuation(index, body, followedByHeader: Self.headerFollows(index, body, depth)) {
                    values[last, default: ""] += " " + body.text(index)
                    end = index + 1
                } else if last == .subject, Self.headerFollows(index, body, depth) {
                    values[last, default: ""] += " " + body.text(index)
                    end = index + 1
                } else {
                    break
                }
            }
            blank = 0
            index += 1
        }
        let core = found.intersection([.from, .to, .date, .subject])
        guard core.count >= 2, evidence || core.count >= 4 else { return nil }
        // Two are enough only where they could be nothing else.
        if core.count == 2, !found.contains(.from), !(found.contains(.date) && found.contains(.to)),
            !(found.contains(.to) && found.contains(.subject))
        {
            return nil
        }
        if core.count == 2, found.contains(.from), found.contains(.to),
            !values.values.contains(where: { LineShape(Array($0.utf8)[...]).hasAddress })
        {
            return nil
        }
    }

    private static func headerFollows(_ index: Int, _ body: MailBody, _ depth: Int) -> Bool {
        index + 1 < body.lines.count && body.lines[index + 1].depth == depth && header(index + 1, body) != nil
    }

    private static func isContinuation(_ index: Int, _ body: MailBody, followedByHeader: Bool) -> Bool {
        if followedByHeader { return true }
        let content = body.content(index)
        return content.contains(UInt8(ascii: "@")) || content.last == UInt8(ascii: ";") || content.last == UInt8(ascii: ",")
    }

    /// The header that a line is: its name must be on the list, its colon behind the name.
    static func header(_ index: Int, _ body: MailBody) -> (kind: HeaderNames.Kind, value: String)? {
        let content = body.content(index)
        var at = content.startIndex
        // Emphasis: "*From:*", "**Von:**", "| From:".
        while at < content.endIndex,
            content[at] == UInt8(ascii: "*") || content[at] == UInt8(ascii: "_") || content[at] == UInt8(ascii: "|") || content[at] == 0x20
        { at += 1 }
        let begin = at
        let limit = min(content.endIndex, begin + HeaderNames.longest + 8)
        while at < limit, content[at] != UInt8(ascii: ":"),
            !(content[at] == 0xEF && at + 2 < content.endIndex && content[at + 1] == 0xBC && content[at + 2] == 0x9A)
        { at += 1 }
        guard at < limit, at > begin else { return nil }
        var nameEnd = at
        while nameEnd > begin,
            content[nameEnd - 1] <= 0x20 || content[nameEnd - 1] == UInt8(ascii: "*") || content[nameEnd - 1] == UInt8(ascii: "_")
        { nameEnd -= 1 }
        // "De :" with a no-break space.
        if nameEnd - 2 > begin, content[nameEnd - 1] == 0xA0, content[nameEnd - 2] == 0xC2 { nameEnd -= 2 }
        let name = String(decoding: content[begin..<nameEnd], as: UTF8.self).lowercased()
        guard let kind = HeaderNames.kinds[name] else { return nil }
        var rest = content[(at + (content[at] == UInt8(ascii: ":") ? 1 : 3))...]
        while let first = rest.first, first <= 0x20 || first == UInt8(ascii: "*") || first == UInt8(ascii: "_") { rest = rest.dropFirst() }
        return (kind, String(decoding: rest.prefix(2_000), as: UTF8.self))
    }
}
