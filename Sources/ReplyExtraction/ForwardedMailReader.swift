/// Finds the original inside a forwarded mail: its sender, subject, date and text, and the note above it. Linear in the input.
public enum ForwardedMailReader {
    /// - Parameters:
    ///   - text: the text part; empty where the mail has none.
    ///   - html: read where there is no text.
    ///   - subject: the subject of the mail that carries it: `Fwd:`, `WG:`, `TR:` … make a header block a forward.
    ///   - isReply: whether the mail answers another (`In-Reply-To`, `References`). A header block below text is then what every answer has,
    ///     unless a line or the subject says that it was sent on.
    /// - Returns: nil where nothing was forwarded.
    public static func read(text: String, html: String? = nil, subject: String? = nil, isReply: Bool = false) -> ForwardedMail? {
        let hasText = text.utf8.contains { $0 > 0x20 }
        guard hasText || html != nil else { return nil }
        let body = hasText ? MailBody(text: text) : MailBody(html: html ?? "")
        let isForward = subject.map(saysForward) ?? false
        var reader = Reader(body: body)
        // A header block alone is what every answer has below it.
        let takesBlocks = !isReply || isForward
        for index in body.lines.indices.prefix(lineLimit) where !body.lines[index].isBlank {
            let depth = body.lines[index].depth
            let kind = Separator.kind(index, in: body)
            if kind == .forward || takesBlocks && kind == .original, let found = reader.read(belowSeparator: index) { return found }
            if let inline = InlineHeaders(index, in: body), kind != nil || inline.beginsWithForward {
                return reader.read(inline, at: index)
            }
            guard takesBlocks else { continue }
            if let block = HeaderBlock(beginningAt: index, in: body, depth: depth) {
                return reader.read(block, noteEnd: index, depth: depth)
            }
            // Without any header: the attribution alone, with nothing above it.
            if depth == 0, let begin = Attribution.begin(endingAt: index, in: body), isForward || reader.note(before: begin).isEmpty,
                let found = reader.read(attribution: begin...index)
            {
                return found
            }
        }
        return nil
    }

    /// What was sent on begins above here.
    private static let lineLimit = 5_000

    private static let prefixes = [
        "fw:", "fwd:", "wg:", "tr:", "rv:", "i:", "enc:", "vs:", "vb:", "vl:", "doorst:", "fs:", "pd:", "továbbítás:", "tov:", "πρθ:",
        "ilt:", "i̇lt:", "yml:", "转发:", "转发：", "轉寄:", "轉寄：", "videresend:", "vidarebefordrat:", "res:enc:", "transf:", "fwd ", "[fwd:",
        "fwd：",
        "przekaż:", "podaj dalej:", "odp: fw", "переслано:", "пер:", "転送:", "전달:", "הועבר:", "إعادة توجيه:", "trs:", "rif: i:",
        "doorgestuurd:",
    ]

    private static func saysForward(_ subject: String) -> Bool {
        let words = subject.lowercased().drop { $0.isWhitespace }
        return prefixes.contains { words.hasPrefix($0) }
    }

    // MARK: - Reading

    private struct Reader {
        let body: MailBody

        func note(before end: Int) -> String {
            var lines = Array(0..<end)
            while let last = lines.last,
                body.lines[last].isBlank || Separator.isRule(body.content(last), length: 2) || Separator.isFramed(body.content(last))
            { lines.removeLast() }
            return body.joined(lines, quoteMarks: true).trimmedEnds
        }

        mutating func read(belowSeparator index: Int) -> ForwardedMail? {
            if let inline = InlineHeaders(index, in: body) { return read(inline, at: index) }
            var next = body.nextFilled(after: index)
            // A line or two may stand between: "Von meinem Telefon", a rule.
            for _ in 0..<3 {
                guard let line = next else { break }
                let depth = body.lines[line].depth
                if let block = HeaderBlock(beginningAt: line, in: body, depth: depth) { return read(block, noteEnd: index, depth: depth) }
                if depth == 0, let last = attributionEnd(from: line), let found = read(attribution: line...last) {
                    var mail = found
                    mail.note = note(before: index)
                    return mail
                }
                next = body.nextFilled(after: line)
            }
            guard let first = body.nextFilled(after: index) else { return nil }
            return ForwardedMail(
                from: nil, subject: nil, date: nil, text: text(from: first, depth: body.lines[first].depth), note: note(before: index))
        }

        private func attributionEnd(from first: Int) -> Int? {
            (first..<min(first + 4, body.lines.count)).first { Attribution.begin(endingAt: $0, in: body) == first }
        }

        func read(_ block: HeaderBlock, noteEnd: Int, depth: Int) -> ForwardedMail {
            ForwardedMail(
                from: block.values[.from].flatMap(Self.sender), subject: block.values[.subject].map(Self.plain),
                date: block.values[.date].map(Self.plain),
                text: text(from: block.end, depth: depth), note: note(before: noteEnd))
        }

        func read(_ inline: InlineHeaders, at index: Int) -> ForwardedMail {
            ForwardedMail(
                from: inline.values[.from].flatMap(Self.sender), subject: inline.values[.subject].map(Self.plain),
                date: inline.values[.date].map(Self.plain),
                text: text(from: index + 1, depth: body.lines[index].depth), note: note(before: index))
        }

        func read(attribution lines: ClosedRange<Int>) -> ForwardedMail? {
            let line = lines.map { body.text($0) }.joined(separator: " ")
            guard let from = Self.sender(line), let first = body.nextFilled(after: lines.upperBound) else { return nil }
            // The date and the words around the name are in any order; only the name directly before the address is sure.
            let name = from.name?.split(separator: ",").last.map { $0.trimmedEnds }
            return ForwardedMail(
                from: .init(name: name, address: from.address), subject: nil, date: nil,
                text: text(from: first, depth: body.lines[first].depth), note: note(before: lines.lowerBound))
        }

        /// What follows, without the quote marks that all of it has.
        private func text(from first: Int, depth: Int) -> String {
            guard first < body.lines.count else { return "" }
            let following = first..<body.lines.count
            let least = following.lazy.filter { !body.lines[$0].isBlank }.map { body.lines[$0].depth }.max() ?? 0
            if least == 0 { return body.joined(Array(following), quoteMarks: true).trimmedEnds }
            var base = depth
            if base == 0, let filled = body.nextFilled(after: first - 1), body.lines[filled].depth > 0 { base = 1 }
            var lines: [String] = []
            for index in following {
                let extra = max(0, body.lines[index].depth - base)
                lines.append((extra > 0 ? String(repeating: "> ", count: min(extra, 20)) : "") + body.text(index))
            }
            return lines.joined(separator: "\n").trimmedEnds
        }

        static func plain(_ value: String) -> String {
            var text = value.trimmedEnds[...]
            while let last = text.last, last == "*" || last == "_" { text.removeLast() }
            return String(text)
        }

        /// `John Doe <john@example.test>`, `John Doe [mailto:john@example.test]`, `john@example.test`.
        static func sender(_ value: String) -> ForwardedMail.Sender? {
            let bytes = Array(value.utf8)
            guard
                let at = bytes.indices.first(where: {
                    bytes[$0] == UInt8(ascii: "@") && $0 > 0 && $0 + 1 < bytes.count && isAddress(bytes[$0 - 1]) && isAddress(bytes[$0 + 1])
                })
            else {
                let name = plain(value)
                return name.isEmpty ? nil : .init(name: name, address: "")
            }
            var begin = at
            while begin > 0, isAddress(bytes[begin - 1]) { begin -= 1 }
            var end = at + 1
            while end < bytes.count, isAddress(bytes[end]) { end += 1 }
            while end > at + 1, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
            var name = String(decoding: bytes[..<begin], as: UTF8.self)
            if name.hasSuffix("mailto:") { name.removeLast(7) }
            name = String(name.drop { " \"'<[(*“”„".contains($0) })
            while let last = name.last, " \"'<[(*“”„:".contains(last) { name.removeLast() }
            var address = String(decoding: bytes[begin..<end], as: UTF8.self)
            if address.lowercased().hasPrefix("mailto:") { address.removeFirst(7) }
            return .init(name: name.isEmpty ? nil : name, address: address)
        }

        private static func isAddress(_ byte: UInt8) -> Bool {
            byte.isLetter || byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "=")
                || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "#")
        }
    }
}

/// Headers that run on in one line, as Yahoo writes them in text: "----- Forwarded message ----- From: Sam <…>To: …Sent: …Subject: …".
struct InlineHeaders {
    private(set) var values: [HeaderNames.Kind: String] = [:]
    /// Whether dashes and words stand before the first header.
    private(set) var beginsWithForward = false

    init?(_ index: Int, in body: MailBody) {
        let content = body.content(index)
        guard content.count > 40, content.count < 8_000, content.contains(UInt8(ascii: "@")) else { return nil }
        let bytes = Array(content)
        var found: [(kind: HeaderNames.Kind, name: Int, value: Int)] = []
        for at in bytes.indices where bytes[at] == UInt8(ascii: ":") {
            guard found.count < 12,
                let (kind, begin) = Self.name(endingAt: at, bytes, after: found.last?.value ?? 0, seen: found.map(\.kind))
            else { continue }
            found.append((kind, begin, at + 1))
        }
        let kinds = Set(found.map(\.kind))
        guard kinds.contains(.from), kinds.count >= 3, kinds.contains(.to) || kinds.contains(.subject), let first = found.first else {
            return nil
        }
        for (position, entry) in found.enumerated() {
            let end = position + 1 < found.count ? found[position + 1].name : bytes.count
            if values[entry.kind] == nil, entry.value <= end {
                values[entry.kind] = String(decoding: bytes[entry.value..<end], as: UTF8.self).trimmedEnds
            }
        }
        beginsWithForward = first.kind == .from && bytes[..<first.name].contains(where: Separator.isFrame)
    }

    /// The longest header name that ends before this colon.
    private static func name(endingAt colon: Int, _ bytes: [UInt8], after limit: Int, seen: [HeaderNames.Kind]) -> (HeaderNames.Kind, Int)?
    {
        var end = colon
        while end > limit, bytes[end - 1] == 0x20 || bytes[end - 1] == UInt8(ascii: "*") { end -= 1 }
        if end - 2 > limit, bytes[end - 1] == 0xA0, bytes[end - 2] == 0xC2 { end -= 2 }
        var begin = max(limit, end - HeaderNames.longest)
        while begin < end {
            let isBoundary =
                begin == 0 || bytes[begin - 1] == 0x20 || bytes[begin - 1] == UInt8(ascii: ">") || bytes[begin - 1] == UInt8(ascii: "-")
                || bytes[begin - 1] == UInt8(ascii: "*")
            // Where no space divides them, a name begins with a capital letter in the middle of a word.
            let isRunOn =
                end - begin >= 4 && bytes[begin] & 0xC0 != 0x80
                && (bytes[begin] < 0x80 ? bytes[begin] >= 0x41 && bytes[begin] <= 0x5A : true)
            if isBoundary || isRunOn, let kind = HeaderNames.kinds[String(decoding: bytes[begin..<end], as: UTF8.self).lowercased()],
                !seen.contains(kind), kind != .other
            {
                return (kind, begin)
            }
            begin += 1
        }
        return nil
    }
}
