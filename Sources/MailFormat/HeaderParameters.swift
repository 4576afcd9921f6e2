/// A header value with parameters, as `Content-Type` and `Content-Disposition` have (RFC 2045 §5.1, RFC 2231, and what is really written:
/// encoded words in values, raw 8-bit names, names with `;` and spaces that nobody quoted).
struct HeaderParameters {
    /// The value before the first `;`, lower-case.
    private(set) var value: String
    private var parameters: [String: String] = [:]

    subscript(_ name: String) -> String? { parameters[name] }

    private struct Piece {
        var section: Int
        var encoded: Bool
        var bytes: [UInt8]
    }

    /// More parameters than this in one header are left out.
    private static let limit = 200

    init(_ raw: [UInt8]) {
        let bytes = raw.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
        var index = 0
        while index < bytes.count, bytes[index] != UInt8(ascii: ";") { index += 1 }
        value = String(decoding: bytes[..<index], as: UTF8.self).foldingWhiteSpace().lowercased()
        // A comment may follow; RFC 2045 allows them anywhere.
        if let open = value.firstIndex(of: "(") { value = String(value[..<open]).foldingWhiteSpace() }
        var pieces: [String: [Piece]] = [:]
        var count = 0
        while index < bytes.count, count < Self.limit {
            index += 1
            count += 1
            while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: ";") { index += 1 }
            let nameBegin = index
            while index < bytes.count, bytes[index] != UInt8(ascii: "="), bytes[index] != UInt8(ascii: ";") { index += 1 }
            guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { continue }
            let name = String(decoding: bytes[nameBegin..<index], as: UTF8.self).foldingWhiteSpace().lowercased()
            index += 1
            while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
            let content = Self.content(bytes, &index)
            add(name, content, &pieces)
        }
        for (name, pieces) in pieces {
            // RFC 2231 wins over the plain form beside it: it is the one that can say more.
            parameters[name] = Self.join(pieces)
        }
    }

    /// A quoted string or token; leaves `index` at the next `;` or the end.
    private static func content(_ bytes: [UInt8], _ index: inout Int) -> [UInt8] {
        var out: [UInt8] = []
        guard index < bytes.count else { return out }
        if bytes[index] == UInt8(ascii: "\"") {
            index += 1
            while index < bytes.count {
                if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
                    bytes[index + 1] == UInt8(ascii: "\"") || bytes[index + 1] == UInt8(ascii: "\\")
                {
                    index += 1
                } else if bytes[index] == UInt8(ascii: "\"") {
                    // A quote inside of a name that nobody escaped: the string ends where `;` or the end follows.
                    var next = index + 1
                    while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
                    if next >= bytes.count || bytes[next] == UInt8(ascii: ";") || bytes[next] == UInt8(ascii: "(")
                        || !bytes[next...].prefix(200).contains(UInt8(ascii: "\""))
                    {
                        break
                    }
                }
                out.append(bytes[index])
                index += 1
            }
            while index < bytes.count, bytes[index] != UInt8(ascii: ";") { index += 1 }
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

    /// Whether `name=` or the end stands there.
    private static func isParameter(_ bytes: [UInt8], _ begin: Int) -> Bool {
        var index = begin
        while index < bytes.count, bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: ";") { index += 1 }
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
    private mutating func add(_ name: String, _ content: [UInt8], _ pieces: inout [String: [Piece]]) {
        let parts = name.split(separator: "*", omittingEmptySubsequences: false)
        guard let base = parts.first, !base.isEmpty else { return }
        let encoded = parts.count > 1 && parts.last == ""
        let section = parts.count > 1 ? Int(parts[1]) ?? (encoded && parts.count == 2 ? 0 : -1) : -1
        let key = String(base)
        if section < 0, pieces[key]?.contains(where: { $0.section < 0 }) == true { return }
        if let have = pieces[key], have.count >= Self.limit { return }
        pieces[key, default: []].append(Piece(section: section, encoded: encoded, bytes: content))
    }

    private static func join(_ pieces: [Piece]) -> String {
        let sections = pieces.filter { $0.section >= 0 }.sorted { $0.section < $1.section }
        guard let first = sections.first else {
            guard let plain = pieces.first else { return "" }
            return EncodedWords.decode(plain.bytes)
        }
        var charset: String?
        var out: [UInt8] = []
        var anyEncoded = false
        for (position, piece) in sections.enumerated() {
            var bytes = piece.bytes[...]
            if piece.encoded {
                anyEncoded = true
                if position == 0, let firstQuote = bytes.firstIndex(of: UInt8(ascii: "'")),
                    let secondQuote = bytes[(firstQuote + 1)...].firstIndex(of: UInt8(ascii: "'"))
                {
                    let said = String(decoding: bytes[..<firstQuote], as: UTF8.self)
                    charset = said.isEmpty ? nil : said
                    bytes = bytes[(secondQuote + 1)...]
                }
                out.append(contentsOf: percentDecoded(bytes))
            } else {
                out.append(contentsOf: bytes)
            }
        }
        _ = first
        return anyEncoded ? Charsets.decode(out, named: charset).text : EncodedWords.decode(out)
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
