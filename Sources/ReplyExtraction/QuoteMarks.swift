/// The marks that stand before a quoted line: `>`, `> >`, and `SM>` with somebody's initials.
enum QuoteMarks {
    /// Deeper is all the same.
    private static let widthLimit = 400

    static func line(_ bytes: UnsafeBufferPointer<UInt8>, _ begin: Int, _ end: Int) -> MailBody.Line {
        var index = begin
        var depth = 0
        var content = begin
        while index < end, index - begin <= widthLimit {
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
        }
        content = InvisibleBytes.dropFirst(bytes, content, end)
        let last = InvisibleBytes.dropLast(bytes, content, end)
        return MailBody.Line(range: begin..<end, content: content..<last, depth: depth)
    }

    /// Mends what single lines do not show.
    static func mend(_ lines: inout [MailBody.Line], _ bytes: [UInt8]) {
        for index in lines.indices.dropFirst() {
            if lines[index].depth == 1, lines[index].content.count <= 24 {
                mendAttribution(&lines, index, bytes)
            } else if lines[index].depth == 0, let width = initials(lines[index], bytes) {
                mendInitials(&lines, index, width, bytes)
            }
        }
    }

    /// A line that begins with `>` because "<address" above it was wrapped: `>:` or `> wrote:` is no quote.
    private static func mendAttribution(_ lines: inout [MailBody.Line], _ index: Int, _ bytes: [UInt8]) {
        guard bytes[lines[index].content].endsWithColon else { return }
        var above = index - 1
        if lines[above].isBlank, above > 0 { above -= 1 }
        guard lines[above].depth == 0, opensAngle(lines[above], bytes) || above > 0 && opensAngle(lines[above - 1], bytes) else { return }
        lines[index].depth = 0
        let begin = bytes[lines[index].range].firstIndex(of: UInt8(ascii: ">")) ?? lines[index].content.lowerBound
        lines[index].content = begin..<lines[index].content.upperBound
    }

    private static func opensAngle(_ line: MailBody.Line, _ bytes: [UInt8]) -> Bool {
        guard line.content.count < 1_000 else { return false }
        let open = bytes[line.content].lazy.filter { $0 == UInt8(ascii: "<") }.count
        return open > 0 && open > bytes[line.content].lazy.filter { $0 == UInt8(ascii: ">") }.count
    }

    /// Two lines with the same initials are quoted; one alone may mean anything.
    private static func mendInitials(_ lines: inout [MailBody.Line], _ index: Int, _ width: Int, _ bytes: [UInt8]) {
        let mark = bytes[lines[index].content].prefix(width)
        let above = lines[index - 1]
        guard above.range.count >= width, bytes[above.range].prefix(width + 8).contains(UInt8(ascii: ">")),
            bytes[above.range].drop(while: { $0 <= 0x20 }).starts(with: mark)
        else { return }
        quote(&lines[index], width, bytes)
        if lines[index - 1].depth == 0 { quote(&lines[index - 1], width, bytes) }
    }

    private static func quote(_ line: inout MailBody.Line, _ width: Int, _ bytes: [UInt8]) {
        line.depth = 1
        var begin = line.content.lowerBound + width
        while begin < line.content.upperBound, bytes[begin] <= 0x20 { begin += 1 }
        line.content = begin..<line.content.upperBound
    }

    /// Width of "SM>" at the beginning of a line.
    private static func initials(_ line: MailBody.Line, _ bytes: [UInt8]) -> Int? {
        let begin = line.content.lowerBound
        guard line.content.count >= 2, bytes[begin] >= 0x41, bytes[begin] <= 0x5A else { return nil }
        var index = begin + 1
        while index < line.content.upperBound, index - begin < 4, bytes[index] >= 0x41, bytes[index] <= 0x5A { index += 1 }
        guard index < line.content.upperBound, bytes[index] == UInt8(ascii: ">"),
            index + 1 == line.content.upperBound || bytes[index + 1] == 0x20
        else { return nil }
        return index + 1 - begin
    }
}
