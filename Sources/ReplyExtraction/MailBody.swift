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

    private(set) var bytes: [UInt8]
    private(set) var lines: [Line] = []

    /// Longer texts are read up to here; the rest belongs to what was kept last.
    static let byteLimit = 8_000_000

    init(text: String) {
        bytes = Array(text.utf8)
        var begin = 0
        while begin < bytes.count {
            var end = begin
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            lines.append(Self.line(bytes, begin, end > begin && bytes[end - 1] == 0x0D ? end - 1 : end))
            begin = end + 1
        }
        mendAttributions()
    }

    /// A line that begins with `>` because "<address" above it was wrapped: `>:` or `> wrote:` is no quote.
    private mutating func mendAttributions() {
        for index in lines.indices.dropFirst()
        where lines[index].depth == 1 && lines[index].content.count <= 24 && bytes[lines[index].content].last == UInt8(ascii: ":") {
            var above = index - 1
            if lines[above].isBlank, above > 0 { above -= 1 }
            let content = bytes[lines[above].content]
            guard lines[above].depth == 0, let open = content.lastIndex(of: UInt8(ascii: "<")),
                !content[open...].contains(UInt8(ascii: ">"))
            else { continue }
            lines[index].depth = 0
            let begin = bytes[lines[index].range].firstIndex(of: UInt8(ascii: ">")) ?? lines[index].content.lowerBound
            lines[index].content = begin..<lines[index].content.upperBound
        }
    }

    init(html: String) {
        bytes = []
        for line in HTMLLayout.lines(of: html, classify: HTMLQuotes.classify) {
            let begin = bytes.count
            bytes += line.text.utf8
            var made = Self.line(bytes, begin, bytes.count)
            // Marks that stand in the text of an HTML mail count as well.
            made.depth += line.depth
            made.regions = line.regions
            lines.append(made)
            bytes.append(0x0A)
        }
    }

    private static func line(_ bytes: [UInt8], _ begin: Int, _ end: Int) -> Line {
        var index = begin
        var depth = 0
        var content = begin
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: ">") {
                // ">From the manual" was a line that began with From (mbox).
                depth += 1
                index += 1
                content = index
            } else if byte == 0x20 || byte == 0x09 {
                index += 1
            } else if byte == 0xC2, index + 1 < end, bytes[index + 1] == 0xA0 {
                index += 2
            } else {
                break
            }
            if index - begin > 400 { break }
        }
        var last = end
        content = trimmedBegin(bytes, content, last)
        last = trimmedEnd(bytes, content, last)
        return Line(range: begin..<end, content: content..<last, depth: depth)
    }

    /// White space, no-break space, and the invisible marks that mail programs put around names and dates.
    private static func invisible(_ bytes: [UInt8], _ index: Int, _ end: Int) -> Int {
        let byte = bytes[index]
        if byte <= 0x20 { return 1 }
        if byte == 0xC2, index + 1 < end, bytes[index + 1] == 0xA0 || bytes[index + 1] == 0xAD { return 2 }
        if byte == 0xE2, index + 2 < end, bytes[index + 1] == 0x80,
            bytes[index + 2] >= 0x8B && bytes[index + 2] <= 0x8F || bytes[index + 2] >= 0xAA && bytes[index + 2] <= 0xAF
        {
            return 3
        }
        if byte == 0xEF, index + 2 < end, bytes[index + 1] == 0xBB, bytes[index + 2] == 0xBF { return 3 }
        if byte == 0xE3, index + 2 < end, bytes[index + 1] == 0x80, bytes[index + 2] == 0x80 { return 3 }
        return 0
    }

    private static func trimmedBegin(_ bytes: [UInt8], _ begin: Int, _ end: Int) -> Int {
        var index = begin
        while index < end {
            let width = invisible(bytes, index, end)
            if width == 0 { break }
            index += width
        }
        return index
    }

    private static func trimmedEnd(_ bytes: [UInt8], _ begin: Int, _ end: Int) -> Int {
        var index = end
        while index > begin {
            if bytes[index - 1] <= 0x20 {
                index -= 1
            } else if index - 2 >= begin, invisible(bytes, index - 2, index) == 2 {
                index -= 2
            } else if index - 3 >= begin, invisible(bytes, index - 3, index) == 3 {
                index -= 3
            } else {
                break
            }
        }
        return index
    }

    // MARK: - Looking at lines

    func content(_ line: Int) -> ArraySlice<UInt8> { bytes[lines[line].content] }

    func text(_ line: Int) -> String { String(decoding: bytes[lines[line].content], as: UTF8.self) }

    /// Lower-case bytes for word lists; only the beginning of very long lines.
    func lower(_ line: Int) -> [UInt8] { Self.lower(bytes[lines[line].content].prefix(600)) }

    static func lower(_ text: ArraySlice<UInt8>) -> [UInt8] {
        if text.contains(where: { $0 >= 0x80 }) { return Array(String(decoding: text, as: UTF8.self).lowercased().utf8) }
        return text.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }

    func nextFilled(after line: Int) -> Int? {
        var index = line + 1
        while index < lines.count {
            if !lines[index].isBlank { return index }
            index += 1
        }
        return nil
    }

    /// Lines as they stood, without blank lines at either end.
    func joined(_ chosen: [Int], quoteMarks: Bool) -> String {
        var out: [UInt8] = []
        var blanks = 0
        for index in chosen {
            let line = lines[index]
            if line.isBlank, !(quoteMarks && line.depth > 0) {
                blanks += 1
                continue
            }
            if !out.isEmpty { out.append(contentsOf: repeatElement(0x0A, count: min(blanks, 2) + 1)) }
            blanks = 0
            // HTML has no marks of its own.
            if line.depth > 0, quoteMarks, line.range.isEmpty || bytes[line.range.lowerBound] != UInt8(ascii: ">"),
                !bytes[line.range].contains(UInt8(ascii: ">"))
            {
                for _ in 0..<min(line.depth, 20) { out += "> ".utf8 }
                out += bytes[line.content]
            } else {
                out += bytes[line.range.lowerBound..<max(line.content.upperBound, line.range.lowerBound)]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
