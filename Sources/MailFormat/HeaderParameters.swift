/// A header value with parameters, as `Content-Type` and `Content-Disposition` have (RFC 2045 §5.1, RFC 2231, and what is really written:
/// encoded words in values, raw 8-bit names, names with `;` and spaces that nobody quoted, a missing `;` before the first parameter).
struct HeaderParameters {
    /// The value before the parameters, lower-case.
    private(set) var value: String
    private var pieces: [String: [Piece]] = [:]

    /// The decoded value of a parameter.
    subscript(_ name: String) -> String? { pieces[name].map(Self.join) }

    /// The parameter `boundary` as it stands; nil where it is empty.
    var boundary: ArraySlice<UInt8>? {
        guard let pieces = pieces["boundary"] else { return nil }
        var bytes = pieces.sorted { $0.section < $1.section }.flatMap(\.bytes)
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return bytes.isEmpty ? nil : bytes[...]
    }

    private struct Piece {
        /// As `name*3` says; -1 for the plain form.
        var section: Int
        /// Percent-encoded, as `name*` and `name*3*` say.
        var encoded: Bool
        var bytes: [UInt8]
    }

    /// More parameters than this in one header are left out.
    private static let limit = 200

    init(_ raw: [UInt8]) {
        let bytes = raw.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
        var index = Self.valueEnd(bytes)
        value = Self.value(bytes[..<index])
        var count = 0
        while index < bytes.count, count < Self.limit {
            count += 1
            while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: ";") { index += 1 }
            let nameBegin = index
            while index < bytes.count, bytes[index] != UInt8(ascii: "="), bytes[index] != UInt8(ascii: ";") { index += 1 }
            guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { continue }
            let name = String(decoding: bytes[nameBegin..<index].prefix(80), as: UTF8.self).foldingWhiteSpace().lowercased()
            index += 1
            while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
            file(name, Self.content(bytes, &index))
        }
    }

    /// Where the first parameter begins: at a `;`, or where white space and `word=` follow.
    private static func valueEnd(_ bytes: [UInt8]) -> Int {
        var index = 0
        while index < bytes.count, bytes[index] != UInt8(ascii: ";") {
            if bytes[index] <= 0x20 || index == 0, isParameter(bytes, index) { return index }
            index += 1
        }
        return index
    }

    private static func value(_ bytes: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(40)
        // A comment may follow; RFC 2045 allows them anywhere.
        for byte in bytes.prefix(200) {
            if byte == UInt8(ascii: "(") { break }
            if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "'") {
                out.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            } else if byte <= 0x20, !out.isEmpty, out.last != UInt8(ascii: "/") {
                out.append(0x20)
            }
        }
        return String(decoding: out, as: UTF8.self).foldingWhiteSpace()
    }

    /// A quoted string or token; leaves `index` at the next `;`, the next parameter or the end.
    private static func content(_ bytes: [UInt8], _ index: inout Int) -> [UInt8] {
        var out: [UInt8] = []
        guard index < bytes.count else { return out }
        out.reserveCapacity(min(bytes.count - index, 80))
        if bytes[index] == UInt8(ascii: "\"") {
            index += 1
            while index < bytes.count {
                if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
                    bytes[index + 1] == UInt8(ascii: "\"") || bytes[index + 1] == UInt8(ascii: "\\")
                {
                    index += 1
                } else if bytes[index] == UInt8(ascii: "\"") {
                    // A quote inside of a name that nobody escaped: the string ends where `;`, a parameter or the end follows.
                    var next = index + 1
                    while next < bytes.count, bytes[next] <= 0x20, next - index < 100 { next += 1 }
                    if next >= bytes.count || bytes[next] == UInt8(ascii: ";") || bytes[next] == UInt8(ascii: "(")
                        || isParameter(bytes, next) || !bytes[next...].prefix(200).contains(UInt8(ascii: "\""))
                    {
                        index += 1
                        break
                    }
                }
                out.append(bytes[index])
                index += 1
            }
            while index < bytes.count, bytes[index] != UInt8(ascii: ";"), !(bytes[index] <= 0x20 && isParameter(bytes, index)) {
                index += 1
            }
            return out
        }
        // Not quoted: up to a `;` behind which a parameter or nothing follows.
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: ";"), isParameter(bytes, index + 1) { break }
            out.append(bytes[index])
            index += 1
        }
        while let last = out.last, last <= 0x20 { out.removeLast() }
        return out
    }

    /// Whether `name=` or the end stands there. Looks at no more than some hundred bytes.
    private static func isParameter(_ bytes: [UInt8], _ begin: Int) -> Bool {
        var index = begin
        while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: ";"), index - begin < 100 { index += 1 }
        let nameBegin = index
        while index < bytes.count, index - nameBegin < 40 {
            let byte = bytes[index]
            if byte == UInt8(ascii: "=") { return index > nameBegin }
            let isName =
                byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_")
            if !isName { return false }
            index += 1
        }
        return index >= bytes.count && index == nameBegin
    }

    /// Files `name`, `name*`, `name*0`, `name*0*` under `name`.
    private mutating func file(_ name: String, _ content: [UInt8]) {
        guard name.utf8.contains(UInt8(ascii: "*")) else { return file(name, Piece(section: -1, encoded: false, bytes: content)) }
        let parts = name.split(separator: "*", omittingEmptySubsequences: false)
        guard let base = parts.first, !base.isEmpty else { return }
        let encoded = parts.count > 1 && parts.last == ""
        let section = parts.count > 1 ? Int(parts[1]) ?? (encoded && parts.count == 2 ? 0 : -1) : -1
        file(String(base), Piece(section: section, encoded: encoded, bytes: content))
    }

    /// The first of two that say the same stays.
    private mutating func file(_ key: String, _ piece: Piece) {
        if key.isEmpty || pieces[key]?.contains(where: { $0.section == piece.section }) == true { return }
        pieces[key, default: []].append(piece)
    }

    /// RFC 2231 wins over the plain form beside it: it can say more.
    private static func join(_ pieces: [Piece]) -> String {
        let sections = pieces.filter { $0.section >= 0 }.sorted { $0.section < $1.section }
        guard let first = sections.first else { return EncodedWords.decode(pieces.first?.bytes ?? []) }
        guard let mark = charsetMark(first) else {
            // Sections without a charset: RFC 2047 words may be cut between them.
            let joined = sections.flatMap { $0.encoded ? percentDecoded($0.bytes[...]) : $0.bytes }
            return EncodedWords.decode(joined)
        }
        var out: [UInt8] = []
        for (position, piece) in sections.enumerated() {
            var bytes = piece.bytes[...]
            // Some programs write the charset before every section.
            if position == 0 || piece.encoded && bytes.starts(with: first.bytes[..<mark.end]) && mark.end > 2 {
                bytes = bytes.dropFirst(mark.end)
            }
            out += piece.encoded || position == 0 ? percentDecoded(bytes) : Array(bytes)
        }
        return Charsets.decode(out, named: mark.charset).text
    }

    /// `utf-8'en'` before the value: the charset, and where the value begins. Also where the `*` behind the name was forgotten.
    private static func charsetMark(_ piece: Piece) -> (charset: String?, end: Int)? {
        guard let one = piece.bytes.firstIndex(of: UInt8(ascii: "'")), one <= 48,
            let two = piece.bytes[(one + 1)...].firstIndex(of: UInt8(ascii: "'")), two - one <= 48
        else {
            return nil
        }
        let charset = String(decoding: piece.bytes[..<one], as: UTF8.self)
        guard piece.encoded || !charset.isEmpty && Charsets.isKnown(charset) else { return nil }
        return (charset.isEmpty ? nil : charset, two + 1)
    }

    private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = bytes[index + 1].hexValue,
                let low = bytes[index + 2].hexValue
            {
                out.append(high << 4 | low)
                index += 3
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return out
    }
}
