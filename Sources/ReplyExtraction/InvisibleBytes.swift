/// White space, no-break space, and the invisible marks that mail programs put around names and dates.
enum InvisibleBytes {
    static func dropFirst(_ bytes: UnsafeBufferPointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
        var index = begin
        while index < end {
            let width = width(bytes, index, end)
            if width == 0 { break }
            index += width
        }
        return index
    }

    static func dropLast(_ bytes: UnsafeBufferPointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
        var index = end
        while index > begin {
            let last = bytes[index - 1]
            if last <= 0x20 {
                index -= 1
            } else if last < 0x80 {
                break
            } else if index - 2 >= begin, width(bytes, index - 2, index) == 2 {
                index -= 2
            } else if index - 3 >= begin, width(bytes, index - 3, index) == 3 {
                index -= 3
            } else {
                break
            }
        }
        return index
    }

    /// How many bytes what stands there has; 0 where it can be seen.
    @inline(__always)
    private static func width(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Int {
        let byte = bytes[index]
        if byte <= 0x20 { return 1 }
        if byte < 0xC2 { return 0 }
        if byte == 0xC2, index + 1 < end { return bytes[index + 1] == 0xA0 || bytes[index + 1] == 0xAD ? 2 : 0 }
        guard index + 2 < end else { return 0 }
        let second = bytes[index + 1]
        let third = bytes[index + 2]
        // Zero-width marks and marks of direction, U+200B to U+200F, U+202A to U+202F, U+2060 to U+2069; U+FEFF; the wide space U+3000.
        if byte == 0xE2, second == 0x80 { return third >= 0x8B && third <= 0x8F || third >= 0xAA && third <= 0xAF ? 3 : 0 }
        if byte == 0xE2, second == 0x81 { return third >= 0xA0 && third <= 0xA9 ? 3 : 0 }
        if byte == 0xEF { return second == 0xBB && third == 0xBF ? 3 : 0 }
        return byte == 0xE3 && second == 0x80 && third == 0x80 ? 3 : 0
    }
}
