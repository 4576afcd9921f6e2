/// The attributes of one start tag (WHATWG HTML §13.2.5.32 ff.): names lower-case, values with their character references decoded.
public struct HTMLAttributes: Sendable {
    public private(set) var pairs: [(name: String, value: String)] = []

    /// At most this many attributes of one tag are kept.
    public static let limit = 64

    /// - Parameter range: as a `HTMLToken.start` gives it.
    public init(_ bytes: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        let end = min(range.upperBound, bytes.count)
        while index < end, pairs.count < Self.limit {
            while index < end, bytes[index].isSpace || bytes[index] == UInt8(ascii: "/") { index += 1 }
            let nameBegin = index
            // A name may begin with `=`.
            if index < end { index += 1 }
            while index < end, !bytes[index].isSpace, bytes[index] != UInt8(ascii: "/"), bytes[index] != UInt8(ascii: "=") { index += 1 }
            let nameEnd = index
            guard nameEnd > nameBegin else { break }
            while index < end, bytes[index].isSpace { index += 1 }
            var value = ""
            if index < end, bytes[index] == UInt8(ascii: "=") {
                index += 1
                while index < end, bytes[index].isSpace { index += 1 }
                var begin = index
                if index < end, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
                    let quote = bytes[index]
                    begin += 1
                    index += 1
                    while index < end, bytes[index] != quote { index += 1 }
                    value = HTMLEntities.decode(bytes, begin..<index, inAttribute: true)
                    index += 1
                } else {
                    while index < end, !bytes[index].isSpace { index += 1 }
                    value = HTMLEntities.decode(bytes, begin..<index, inAttribute: true)
                }
            }
            let name = String(decoding: bytes[nameBegin..<min(nameEnd, nameBegin + 64)].lazy.map { $0.lowercased }, as: UTF8.self)
            pairs.append((name, value))
        }
    }

    /// The first attribute of that name, as browsers take it.
    public subscript(_ name: String) -> String? {
        for pair in pairs where pair.name == name { return pair.value }
        return nil
    }

    /// Where the tag's `>` stands, seen from behind its name; quotes count only behind `=`.
    static func endOfTag(_ bytes: [UInt8], from begin: Int) -> Int {
        var index = begin
        var behindEquals = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: ">") { return index }
            if behindEquals, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                index += 1
                while index < bytes.count, bytes[index] != byte { index += 1 }
                behindEquals = false
            } else if byte == UInt8(ascii: "=") {
                behindEquals = true
            } else if !byte.isSpace {
                behindEquals = false
            }
            index += 1
        }
        return bytes.count
    }
}
