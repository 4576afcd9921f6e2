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
    static func first(in lines: [Line]) -> [UInt8]? {
        guard let begin = lines.firstIndex(where: { name($0) != nil }) else { return nil }
        var out: [UInt8] = []
        for line in lines[(begin + 1)...] {
            guard !line.elementsEqual("end".utf8), let bytes = bytes(of: line) else { break }
            out += bytes
        }
        return out
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
                guard let bytes = bytes(of: line) else { return nil }
                out += bytes
            }
            index += 1
        }
        return nil
    }

    /// The bytes of one line; nil where its length is not what its first sign says.
    private static func bytes(of line: Line) -> ArraySlice<UInt8>? {
        guard let head = line.first, head >= 0x20, head <= 0x60, line.allSatisfy({ $0 >= 0x20 && $0 <= 0x60 }) else { return nil }
        let length = Int((head - 0x20) & 63)
        let wanted = (length + 2) / 3 * 4
        // Spaces at the end may have been lost; a check sign may follow.
        guard line.count - 1 <= wanted + 2, line.count - 1 >= wanted - 3 || length == 0 else { return nil }
        var digits = line.dropFirst().prefix(wanted).map { ($0 - 0x20) & 63 }
        while digits.count < wanted { digits.append(0) }
        var out: [UInt8] = []
        for at in stride(from: 0, to: digits.count, by: 4) {
            out.append(digits[at] << 2 | digits[at + 1] >> 4)
            out.append(digits[at + 1] << 4 | digits[at + 2] >> 2)
            out.append(digits[at + 2] << 6 | digits[at + 3])
        }
        return out.prefix(length)
    }
}
