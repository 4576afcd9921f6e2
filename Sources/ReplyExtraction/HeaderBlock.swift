/// Finds the lines "From: … Sent: … To: … Subject: …" that mail programs print above an earlier mail.
struct HeaderBlock {
    /// The block's first line, and the first line behind it.
    private(set) var begin: Int
    private(set) var end: Int
    private var fields: [Field] = []

    private struct Field {
        let kind: HeaderNames.Kind
        /// Where the value stands in the bytes; a long one goes on in further lines.
        let value: Range<Int>
        var more: [Int] = []
    }

    /// At most so many lines may lie between two headers: long recipient lists are wrapped.
    private static let continuationLimit = 6
    private static let lineLimit = 60

    /// The block that begins in this line; nil where none does.
    init?(beginningAt first: Int, in body: MailBody, depth: Int = 0) {
        guard let opening = Self.header(first, body), opening.kind != .other, opening.kind != .copy, body.lines[first].depth == depth else {
            return nil
        }
        begin = first
        end = first
        collect(body, depth)
        guard isConvincing(body) else { return nil }
    }

    /// The value of the first header of a kind, unfolded; nil where there is none.
    func value(_ kind: HeaderNames.Kind, in body: MailBody) -> String? {
        guard let field = fields.first(where: { $0.kind == kind }) else { return nil }
        var bytes = Array(body.bytes[field.value].prefix(2_000))
        for line in field.more {
            bytes.append(0x20)
            bytes += body.content(line)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Collecting

    private mutating func collect(_ body: MailBody, _ depth: Int) {
        var index = begin
        var continuation = 0
        var blank = 0
        while index < body.lines.count, fields.count < Self.lineLimit {
            let line = body.lines[index]
            if line.depth != depth { break }
            if line.isBlank {
                blank += 1
                // A mail turned from HTML may have a blank line between every two headers.
                if blank > 1 || core.count >= 4 { break }
                index += 1
                continue
            }
            if let header = Self.header(index, body), header.kind == .other || blank == 0 || !has(header.kind) {
                if blank > 0, continuation > 0 { break }
                fields.append(Field(kind: header.kind, value: header.value))
                continuation = 0
                end = index + 1
            } else if blank == 0, let last = fields.indices.last, continues(index, fields[last].kind, continuation, body, depth) {
                continuation += 1
                fields[last].more.append(index)
                end = index + 1
            } else {
                break
            }
            blank = 0
            index += 1
        }
    }

    /// Whether a line is the rest of the header above it.
    private func continues(_ index: Int, _ kind: HeaderNames.Kind, _ continuation: Int, _ body: MailBody, _ depth: Int) -> Bool {
        guard continuation < Self.continuationLimit else { return false }
        switch kind {
        case .to, .copy:
            let content = body.content(index)
            return content.contains(UInt8(ascii: "@")) || content.last == UInt8(ascii: ";") || content.last == UInt8(ascii: ",")
                || headerFollows(index, body, depth)
        case .from:
            return continuation == 0 && (body.content(index).contains(UInt8(ascii: "@")) || headerFollows(index, body, depth))
        case .subject, .date: return continuation == 0 && headerFollows(index, body, depth)
        case .replyTo, .other: return false
        }
    }

    private func headerFollows(_ index: Int, _ body: MailBody, _ depth: Int) -> Bool {
        index + 1 < body.lines.count && body.lines[index + 1].depth == depth && Self.header(index + 1, body) != nil
    }

    func has(_ kind: HeaderNames.Kind) -> Bool { fields.contains { $0.kind == kind } }

    private var core: Set<HeaderNames.Kind> { Set(fields.map(\.kind)).intersection([.from, .to, .date, .subject]) }

    // MARK: - Judging

    /// A letter may name "From" and "To"; a program also says when, what about, or gives addresses.
    private func isConvincing(_ body: MailBody) -> Bool {
        let core = core
        guard core.count >= 2 else { return false }
        if core.count == 4 { return true }
        let addressed = fields.contains {
            ($0.kind == .from || $0.kind == .to || $0.kind == .replyTo) && hasAddress($0, body)
        }
        let dated = fields.contains { $0.kind == .date && LineShape(body.bytes[$0.value]).isMoment }
        guard addressed || dated && core.isSuperset(of: [.from, .to]) || core.contains(.subject) else { return false }
        guard core.count == 2 else { return true }
        // Two are enough only where they could be nothing else.
        if core == [.from, .to] { return addressed }
        return core.contains(.from) || core == [.date, .to] || core == [.to, .subject]
    }

    private func hasAddress(_ field: Field, _ body: MailBody) -> Bool {
        LineShape(body.bytes[field.value]).hasAddress || field.more.contains { LineShape(body.content($0)).hasAddress }
    }

    // MARK: - One header

    /// The header that a line is: its name must be on the list, its colon behind the name.
    static func header(_ index: Int, _ body: MailBody) -> (kind: HeaderNames.Kind, value: Range<Int>)? {
        let content = body.lines[index].content
        let bytes = body.lowercased
        var at = content.lowerBound
        // Emphasis: "*From:*", "**Von:**", "| From:".
        while at < content.upperBound, isEmphasis(bytes[at]) || bytes[at] == UInt8(ascii: "|") { at += 1 }
        let begin = at
        let limit = min(content.upperBound, begin + HeaderNames.longest + 8)
        while at < limit, bytes[at] != UInt8(ascii: ":"),
            !(bytes[at] == 0xEF && at + 2 < content.upperBound && bytes[at + 1] == 0xBC && bytes[at + 2] == 0x9A)
        { at += 1 }
        // NetEase divides by a tab.
        if at == limit, let tab = bytes[begin..<limit].firstIndex(of: 0x09) { at = tab }
        guard at < limit, at > begin else { return nil }
        var nameEnd = at
        while nameEnd > begin, isEmphasis(bytes[nameEnd - 1]) { nameEnd -= 1 }
        // "De :" with a no-break space.
        if nameEnd - 2 > begin, bytes[nameEnd - 1] == 0xA0, bytes[nameEnd - 2] == 0xC2 { nameEnd -= 2 }
        guard let kind = HeaderNames.kind(of: bytes[begin..<nameEnd]) else { return nil }
        var value = at + (bytes[at] == 0xEF ? 3 : 1)
        while value < content.upperBound, isEmphasis(bytes[value]) { value += 1 }
        return (kind, value..<content.upperBound)
    }

    private static func isEmphasis(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") }
}
