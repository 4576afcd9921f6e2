import Foundation

/// Files that old mail programs put into the text: `begin 644 name`, lines, `end` (POSIX uuencode).
enum UUEncodedFiles {
    typealias Line = ArraySlice<UInt8>

    /// More files than this in one text stay text.
    private static let limit = 200

    /// Takes whole files out of a text. What is not closed, or holds a line of the wrong length, stays. One pass: a line is looked at
    /// for the file it stands in and, where that proved to be none, once more.
    static func extract(_ text: String) -> (text: String, files: [MailAttachment]) {
        guard text.utf8.starts(with: "begin ".utf8) || text.hasPart("\nbegin ") else { return (text, []) }
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0)[...] }
        var kept: [Line] = []
        var files: [MailAttachment] = []
        var index = 0
        while index < lines.count {
            if files.count < limit, let name = name(lines[index]), let (content, next) = content(lines, index + 1) {
                files.append(MailAttachment(filename: FileName.clean(name), contentType: "application/octet-stream", bytes: Data(content)))
                index = next
            } else {
                kept.append(lines[index])
                index += 1
            }
        }
        guard !files.isEmpty else { return (text, []) }
        return (String(decoding: Array(kept.joined(separator: [0x0A])), as: UTF8.self), files)
    }

    /// The content of the first file in a part that says to be uuencoded; without its `end` as far as it goes.
    static func first(in body: Line) -> [UInt8]? {
        var out: [UInt8] = []
        var hasBegun = false
        var rest = body
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
            var line = rest[..<end]
            rest = rest[end...].dropFirst()
            if line.last == 0x0D { line.removeLast() }
            if !hasBegun {
                hasBegun = name(line) != nil
                if hasBegun { out.reserveCapacity(rest.count / 4 * 3) }
            } else if line.elementsEqual("end".utf8) || !append(line, to: &out) {
                break
            }
        }
        return hasBegun ? out : nil
    }

    /// `begin`, three or four octal digits, a name.
    private static func name(_ line: Line) -> String? {
        guard line.starts(with: "begin ".utf8) else { return nil }
        let words = line.split(separator: 0x20, maxSplits: 2)
        guard words.count == 3, (3...4).contains(words[1].count), words[1].allSatisfy({ $0 >= 0x30 && $0 <= 0x37 }) else { return nil }
        return Charsets.decode(Array(words[2]), named: nil).text
    }

    private static func content(_ lines: [Line], _ first: Int) -> ([UInt8], Int)? {
        var out: [UInt8] = []
        var index = first
        while index < lines.count {
            let line = lines[index]
            if line.elementsEqual("end".utf8) { return index > first ? (out, index + 1) : nil }
            if !line.isEmpty {
                guard append(line, to: &out) else { return nil }
            }
            index += 1
        }
        return nil
    }

    /// Appends the bytes of one line; false where its length is not what its first sign says.
    private static func append(_ line: Line, to out: inout [UInt8]) -> Bool {
        guard let head = line.first, head >= 0x20, head <= 0x60, line.allSatisfy({ $0 >= 0x20 && $0 <= 0x60 }) else { return false }
        let length = Int((head - 0x20) & 63)
        let wanted = (length + 2) / 3 * 4
        // Spaces at the end may have been lost; a check sign may follow.
        guard line.count - 1 <= wanted + 2, line.count - 1 >= wanted - 3 || length == 0 else { return false }
        var left = length
        var digits: UInt32 = 0
        var begin = line.startIndex + 1
        while left > 0 {
            for index in begin..<(begin + 4) { digits = digits << 6 | (index < line.endIndex ? UInt32((line[index] - 0x20) & 63) : 0) }
            begin += 4
            out.append(UInt8(truncatingIfNeeded: digits >> 16))
            if left > 1 { out.append(UInt8(truncatingIfNeeded: digits >> 8)) }
            if left > 2 { out.append(UInt8(truncatingIfNeeded: digits)) }
            left -= 3
        }
        return true
    }
}
