/// The attributes of one start tag (WHATWG HTML §13.2.5.32 ff.): names lower-case, values with their character references decoded.
public struct HTMLAttributes: Sendable {
    public private(set) var pairs: [(name: String, value: String)] = []

    /// At most this many attributes of one tag are kept.
    public static let limit = 64

    /// - Parameter range: as a `HTMLToken.start` gives it.
    public init(_ bytes: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        let end = min(range.upperBound, bytes.count)
        while pairs.count < Self.limit, let (name, value) = bytes.withUnsafeBufferPointer({ Self.attribute($0, &index, end) }) {
            let shortName = bytes[name.lowerBound..<min(name.upperBound, name.lowerBound + 64)]
            pairs.append(
                (
                    String(lowercase: shortName),
                    HTMLEntities.decode(bytes, value, inAttribute: true)
                ))
        }
    }

    /// The first attribute of that name, where no other is asked for.
    static func value(of wanted: StaticString, _ bytes: [UInt8], _ range: Range<Int>) -> String? {
        let letters = UnsafeBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount)
        var index = range.lowerBound
        let end = min(range.upperBound, bytes.count)
        var count = 0
        while count < limit, let (name, value) = bytes.withUnsafeBufferPointer({ attribute($0, &index, end) }) {
            count += 1
            guard name.count == letters.count, letters.indices.allSatisfy({ bytes[name.lowerBound + $0].lowercased == letters[$0] }) else {
                continue
            }
            return HTMLEntities.decode(bytes, value, inAttribute: true)
        }
        return nil
    }

    /// The first attribute of that name, as browsers take it.
    public subscript(_ name: String) -> String? {
        for pair in pairs where pair.name == name { return pair.value }
        return nil
    }

    /// Where the tag's `>` stands, seen from behind its name.
    static func endOfTag(_ bytes: [UInt8], from begin: Int) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var index = begin
            while attribute(bytes, &index, bytes.count) != nil {}
            return index
        }
    }

    /// Reads one attribute and leaves `index` behind it; nil at the tag's `>` or at the end, where `index` then stands.
    /// - Parameter end: within the bytes.
    private static func attribute(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ end: Int
    ) -> (name: Range<Int>, value: Range<Int>)? {
        while index < end, bytes[index].isSpace || bytes[index] == UInt8(ascii: "/") { index += 1 }
        guard index < end, bytes[index] != UInt8(ascii: ">") else { return nil }
        let nameBegin = index
        // A name may begin with `=`.
        index += 1
        while index < end, !bytes[index].isSpace, bytes[index] != UInt8(ascii: "/"), bytes[index] != UInt8(ascii: ">"),
            bytes[index] != UInt8(ascii: "=")
        {
            index += 1
        }
        let name = nameBegin..<index
        var behind = index
        while behind < end, bytes[behind].isSpace { behind += 1 }
        guard behind < end, bytes[behind] == UInt8(ascii: "=") else { return (name, index..<index) }
        index = behind + 1
        while index < end, bytes[index].isSpace { index += 1 }
        if index < end, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
            let quote = bytes[index]
            let begin = index + 1
            index = begin
            index = min(bytes.next(quote, from: begin), end)
            let value = begin..<index
            index = min(index + 1, end)
            return (name, value)
        }
        let begin = index
        while index < end, !bytes[index].isSpace, bytes[index] != UInt8(ascii: ">") { index += 1 }
        return (name, begin..<index)
    }
}
