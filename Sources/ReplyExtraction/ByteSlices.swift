extension ArraySlice where Element == UInt8 {
    func contains(_ word: StaticString) -> Bool {
        let needle = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard let first = needle.first, needle.count <= count else { return false }
        var index = startIndex
        while index + needle.count <= endIndex {
            if self[index] == first, self[index...].starts(with: needle) { return true }
            index += 1
        }
        return false
    }

    /// Without ASCII marks and white space before the first letter, digit or `[`.
    func droppingMarks() -> ArraySlice<UInt8> {
        drop { $0 < 0x80 && !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "[") }
    }

    /// Whether it ends in a colon: also U+FF1A, and one set in bold.
    var endsWithColon: Bool {
        guard let last else { return false }
        if last == UInt8(ascii: ":") { return true }
        if last == 0x9A { return count >= 3 && suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]) }
        return (last == UInt8(ascii: "*") || last == UInt8(ascii: "_")) && dropLast().last == UInt8(ascii: ":")
    }

    /// Words as white space divides them, counted up to `limit`.
    func wordCount(limit: Int = 200) -> Int {
        var words = 0
        var inWord = false
        for byte in self {
            let isSpace = byte <= 0x20
            if !isSpace, !inWord { words += 1 }
            inWord = !isSpace
            if words >= limit { break }
        }
        return words
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
}

extension StringProtocol {
    /// Without white space and control characters at either end.
    var trimmedEnds: String {
        let bytes = Array(utf8)
        guard let begin = bytes.firstIndex(where: { $0 > 0x20 }), let end = bytes.lastIndex(where: { $0 > 0x20 }) else { return "" }
        return String(decoding: bytes[begin...end], as: UTF8.self)
    }
}
