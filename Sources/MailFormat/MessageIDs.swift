/// Message-IDs in `Message-ID`, `In-Reply-To` and `References` (RFC 5322 §3.6.4).
enum MessageIDs {
    /// More ids than this in one header are left out.
    static let limit = 500

    /// All ids of a header, without angle brackets; where it has no brackets, its words with an `@`.
    static func list(_ value: String) -> [String] {
        var found: [String] = []
        let bytes = Array(value.utf8)
        var index = 0
        while index < bytes.count, found.count < limit {
            guard bytes[index] == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            let begin = index + 1
            index = begin
            while index < bytes.count, bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "<") { index += 1 }
            let id = String(decoding: bytes[begin..<index].filter { $0 > 0x20 }, as: UTF8.self)
            if !id.isEmpty, id.utf8.count <= 998 { found.append(id) }
        }
        if found.isEmpty {
            for word in value.split(whereSeparator: { $0.isWhitespace || $0 == "," }).prefix(limit)
            where word.utf8.contains(UInt8(ascii: "@")) && word.utf8.count <= 998 {
                found.append(String(word))
            }
        }
        return found
    }
}
