import HTMLReading

/// A mail's text as lines, each with the depth of its quote marks.
struct MailBody {
    struct Line {
        /// The whole line in the bytes, without its line end.
        var range: Range<Int>
        /// The same without quote marks and without white space at either end.
        var content: Range<Int>
        /// How many `>` stand before it, or `blockquote` elements around it.
        var depth: Int
        var regions: HTMLRegions = []

        var isBlank: Bool { content.isEmpty }
    }

    let bytes: [UInt8]
    /// The same in lower case, byte for byte.
    let lowercased: [UInt8]
    private(set) var lines: [Line] = []

    init(text: String) {
        bytes = Array(text.utf8)
        lowercased = LowercaseBytes.of(bytes)
        lines.reserveCapacity(bytes.count / 40 + 8)
        bytes.withUnsafeBufferPointer { bytes in
            var begin = 0
            while begin < bytes.count {
                let end = bytes.nextLineEnd(from: begin)
                lines.append(QuoteMarks.line(bytes, begin, end))
                // CR LF, LF, or CR alone.
                begin = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A ? end + 2 : end + 1
            }
        }
        QuoteMarks.mend(&lines, bytes)
    }

    init(html: String) {
        let page = HTMLLayout.page(of: html, classify: HTMLQuotes.classify)
        bytes = page.bytes
        lowercased = LowercaseBytes.of(bytes)
        lines.reserveCapacity(page.lines.count)
        bytes.withUnsafeBufferPointer { bytes in
            for line in page.lines {
                var made = QuoteMarks.line(bytes, line.range.lowerBound, line.range.upperBound)
                // Marks that stand in the text of an HTML mail count as well.
                made.depth += line.depth
                made.regions = line.regions
                lines.append(made)
            }
        }
    }

    /// Whether nothing can be read in it.
    var isBlank: Bool { lines.allSatisfy(\.isBlank) }

    // MARK: - Looking at lines

    func content(_ line: Int) -> ArraySlice<UInt8> { bytes[lines[line].content] }

    /// The content in lower case; only the beginning of very long lines.
    func lower(_ line: Int) -> ArraySlice<UInt8> { lowercased[lines[line].content].prefix(600) }

    func text(_ line: Int) -> String { String(decoding: bytes[lines[line].content], as: UTF8.self) }

    func nextFilled(after line: Int) -> Int? {
        var index = line + 1
        while index < lines.count {
            if !lines[index].isBlank { return index }
            index += 1
        }
        return nil
    }

    func previousFilled(before line: Int) -> Int? {
        var index = line - 1
        while index >= 0 {
            if !lines[index].isBlank { return index }
            index -= 1
        }
        return nil
    }

    /// Some lines as one, with single spaces between them.
    func joinedContent(_ chosen: some Sequence<Int>, lower: Bool = false) -> [UInt8] {
        var out: [UInt8] = []
        for line in chosen where !lines[line].isBlank {
            if !out.isEmpty { out.append(0x20) }
            out += lower ? lowercased[lines[line].content] : bytes[lines[line].content]
        }
        return out
    }

    /// Lines as they stood, without blank lines at either end and with at most two of them between others.
    func joined(_ chosen: some Sequence<Int>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(chosen.reduce(0) { $0 + lines[$1].range.count + 1 })
        var blanks = 0
        for index in chosen {
            let line = lines[index]
            if line.isBlank, line.depth == 0 {
                blanks += 1
                continue
            }
            if !out.isEmpty { out.append(contentsOf: repeatElement(0x0A, count: min(blanks, 2) + 1)) }
            blanks = 0
            // HTML has no marks of its own.
            if line.depth > 0, !bytes[line.range].prefix(400).contains(UInt8(ascii: ">")) {
                for _ in 0..<min(line.depth, 20) { out += "> ".utf8 }
                out += bytes[line.content]
                if line.isBlank { out.removeLast() }
            } else {
                out += bytes[line.range.lowerBound..<max(line.content.upperBound, line.range.lowerBound)]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
