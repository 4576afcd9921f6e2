/// What a piece of text holds that dates and addresses are made of. One pass over the bytes.
struct LineShape {
    /// `10:15`, `10.15`, `10h15`, `10時15分`, `10시 15분`.
    private(set) var hasTime = false
    /// 1970 to 2099, standing alone.
    private(set) var hasYear = false
    /// `2026-03-01`, `1.3.26`, `3/1/2026`, `1. 3. 2026`, `2026年3月1日`, `2026년 3월 1일`.
    private(set) var hasNumericDate = false
    /// An `@` with something on both sides.
    private(set) var hasAddress = false
    private(set) var hasAngle = false
    /// An address in `<…>`, `(…)` or `[…]`, as programs write it and people do not.
    private(set) var hasEnclosedAddress = false
    private(set) var digits = 0

    var hasDate: Bool { hasNumericDate || hasYear || hasTime }
    /// A day of a year and a time, as programs write it.
    var isMoment: Bool { hasTime && (hasYear || hasNumericDate) }

    private struct Number {
        var value = 0
        var begin = 0
        var end = -10
        /// In digits.
        var length = 0
    }

    init(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { read($0) }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        let end = bytes.count
        var before = Number()
        var last = Number()
        var enclosed = false
        while index < end {
            let byte = bytes[index]
            if byte.isDigit || byte >= 0xD9 && byte <= 0xE0, Self.digit(bytes, index) != nil {
                var number = Number(value: 0, begin: index, end: index)
                while let digit = Self.digit(bytes, index) {
                    if number.value < 100_000 { number.value = number.value * 10 + digit.value }
                    number.length += 1
                    index += digit.width
                }
                number.end = index
                digits += number.length
                take(number, last, before, bytes)
                before = last
                last = number
                continue
            }
            switch byte {
            case UInt8(ascii: "@"):
                if index > 0, index + 1 < end, bytes[index - 1] > 0x20, bytes[index + 1] > 0x20 {
                    hasAddress = true
                    if enclosed { hasEnclosedAddress = true }
                }
            case UInt8(ascii: "<"):
                hasAngle = true
                enclosed = true
            case UInt8(ascii: "("), UInt8(ascii: "["): enclosed = true
            case UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "]"), 0x20: enclosed = enclosed && byte == 0x20 && hasAngle
            default: break
            }
            index += 1
        }
    }

    /// Also the digits of Arabic, Persian, Hindi, Bengali and Thai.
    private static func digit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (value: Int, width: Int)? {
        guard index < bytes.count else { return nil }
        let byte = bytes[index]
        if byte.isDigit { return (Int(byte - 0x30), 1) }
        guard byte >= 0xD9, byte <= 0xE0, index + 1 < bytes.count else { return nil }
        let second = bytes[index + 1]
        if byte == 0xD9, second >= 0xA0, second <= 0xA9 { return (Int(second - 0xA0), 2) }
        if byte == 0xDB, second >= 0xB0, second <= 0xB9 { return (Int(second - 0xB0), 2) }
        guard byte == 0xE0, index + 2 < bytes.count else { return nil }
        let third = bytes[index + 2]
        if second == 0xA5 || second == 0xA7, third >= 0xA6, third <= 0xAF { return (Int(third - 0xA6), 3) }
        if second == 0xB9, third >= 0x90, third <= 0x99 { return (Int(third - 0x90), 3) }
        return nil
    }

    private mutating func take(_ number: Number, _ last: Number, _ before: Number, _ bytes: UnsafeBufferPointer<UInt8>) {
        let previous: UInt8 = number.begin > 0 ? bytes[number.begin - 1] : 0x20
        let next: UInt8 = number.end < bytes.count ? bytes[number.end] : 0x20
        if number.length == 4, number.value >= 1970 && number.value <= 2099 || number.value >= 2513 && number.value <= 2599,
            !previous.isLetter, !next.isLetter, previous != UInt8(ascii: "@")
        {
            hasYear = true
        }
        // 年 U+5E74, 년 U+B144, 月 U+6708, 월 U+C6D4; 時 U+6642, 时 U+65F6, 点 U+70B9, 시 U+C2DC.
        if number.length == 4 || number.length <= 2, next >= 0xE0, number.end + 2 < bytes.count {
            switch (next, bytes[number.end + 1], bytes[number.end + 2]) {
            case (0xE5, 0xB9, 0xB4), (0xEB, 0x85, 0x84), (0xE6, 0x9C, 0x88), (0xEC, 0x9B, 0x94): hasNumericDate = true
            case (0xE6, 0x99, 0x82), (0xE6, 0x97, 0xB6), (0xE7, 0x82, 0xB9), (0xEC, 0x8B, 0x9C): hasTime = true
            default: break
            }
        }
        guard last.length > 0, last.length <= 4 else { return }
        let gap = number.begin - last.end
        guard gap == 1 || gap == 2 && previous == 0x20 else { return }
        let mark = bytes[last.end]
        if gap == 1, last.length <= 2, last.value < 25, number.length == 2, number.value < 60,
            mark == UInt8(ascii: ":") || mark == UInt8(ascii: ".") || mark | 0x20 == UInt8(ascii: "h")
        {
            hasTime = true
        }
        let isDateMark = mark == UInt8(ascii: ".") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-")
        if isDateMark, before.length > 0, last.begin - before.end == gap, bytes[before.end] == mark, before.length <= 4, last.length <= 2,
            number.length <= 4, last.value <= 31, before.length == 4 || number.length != 3, before.length <= 2 || before.length == 4
        {
            hasNumericDate = true
        }
    }
}
