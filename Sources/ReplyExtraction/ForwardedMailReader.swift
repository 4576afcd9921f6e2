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
        let isForward = subject.map(SubjectPrefix.saysForward) ?? false
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

    // MARK: - Reading

    private struct Reader {
        let body: MailBody

        func note(before end: Int) -> String {
            var lines = Array(0..<end)
            while let last = lines.last,
                body.lines[last].isBlank || Separator.isRule(body.content(last), length: 2) || Separator.isFramed(body.content(last))
            { lines.removeLast() }
            // A telephone's footer alone is no note.
            if let only = lines.first(where: { !body.lines[$0].isBlank }), only == lines.last,
                Footer.kind(only, in: body, startsParagraph: true) == .mobile
            {
                return ""
            }
            return body.joined(lines).trimmedEnds
        }

        mutating func read(belowSeparator index: Int) -> ForwardedMail? {
            if let inline = InlineHeaders(index, in: body) { return read(inline, at: index) }
            var next = body.nextFilled(after: index)
            // A line or two may stand between: "Von meinem Telefon", a rule; what Lotus Notes says of the sender has up to five.
            for passed in 0..<6 {
                guard let line = next else { break }
                let depth = body.lines[line].depth
                if let block = HeaderBlock(beginningAt: line, in: body, depth: depth),
                    passed < 3 || NotesHeader(above: block, in: body) != nil
                {
                    return read(block, noteEnd: index, depth: depth)
                }
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
            let notes = depth == 0 ? NotesHeader(above: block, in: body) : nil
            let from = block.value(.from, in: body) ?? notes.map { body.text($0.sender) }
            let date = block.value(.date, in: body) ?? notes.map { body.text($0.date) }
            return ForwardedMail(
                from: from.flatMap(SenderText.sender), subject: block.value(.subject, in: body).map(SenderText.plain),
                date: date.map(SenderText.plain), text: text(from: block.end, depth: depth),
                note: note(before: min(noteEnd, notes?.begin ?? noteEnd)))
        }

        func read(_ inline: InlineHeaders, at index: Int) -> ForwardedMail {
            ForwardedMail(
                from: inline.values[.from].flatMap(SenderText.sender), subject: inline.values[.subject].map(SenderText.plain),
                date: inline.values[.date].map(SenderText.plain),
                text: text(from: index + 1, depth: body.lines[index].depth), note: note(before: index))
        }

        func read(attribution lines: ClosedRange<Int>) -> ForwardedMail? {
            let line = lines.map { body.text($0) }.joined(separator: " ")
            guard let from = SenderText.sender(line), let first = body.nextFilled(after: lines.upperBound) else { return nil }
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
            if least == 0 { return body.joined(Array(following)).trimmedEnds }
            var base = depth
            if base == 0, let filled = body.nextFilled(after: first - 1), body.lines[filled].depth > 0 { base = 1 }
            var lines: [String] = []
            for index in following {
                let extra = max(0, body.lines[index].depth - base)
                lines.append((extra > 0 ? String(repeating: "> ", count: min(extra, 20)) : "") + body.text(index))
            }
            return lines.joined(separator: "\n").trimmedEnds
        }
    }
}
