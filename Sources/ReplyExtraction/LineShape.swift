/// What a piece of text holds that dates and addresses are made of. One pass over the bytes.
struct LineShape {
    /// `10:15`, `10.15`, `10h15`.
    private(set) var hasTime = false
    /// 1970 to 2099, standing alone.
    private(set) var hasYear = false
    /// `2026-03-01`, `1.3.26`, `3/1/2026`, `2026年3月1日`, `2026년 3월 1일`.
    private(set) var hasNumericDate = false
    /// An `@` with something on both sides.
    private(set) var hasAddress = false
    private(set) var hasAngle = false
    private(set) var digits = 0

    var hasDate: Bool { hasNumericDate || hasYear || hasTime }

    init(_ bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        let end = bytes.endIndex
        var numbers: [(value: Int, length: Int, begin: Int, end: Int)] = []
        while index < end {
            let byte = bytes[index]
            if byte.isDigit {
                let begin = index
                var value = 0
                while index < end, bytes[index].isDigit {
                    if value < 100_000 { value = value * 10 + Int(bytes[index] - 0x30) }
                    index += 1
                }
                digits += index - begin
                if numbers.count < 64 { numbers.append((value, index - begin, begin, index)) }
                continue
            }
            if byte == UInt8(ascii: "@"), index > bytes.startIndex, index + 1 < end, bytes[index - 1] > 0x20, bytes[index + 1] > 0x20 {
                hasAddress = true
            }
            if byte == UInt8(ascii: "<") { hasAngle = true }
            index += 1
        }
        for (position, number) in numbers.enumerated() {
            let before: UInt8 = number.begin > bytes.startIndex ? bytes[number.begin - 1] : 0x20
            let after: UInt8 = number.end < end ? bytes[number.end] : 0x20
            if number.length == 4, number.value >= 1970, number.value <= 2099, !before.isLetter, !after.isLetter,
                before != UInt8(ascii: "@")
            {
                hasYear = true
            }
            // 年 U+5E74, 년 U+B144.
            if number.length == 4 || number.length <= 2, number.end + 2 < end {
                let next = (bytes[number.end], bytes[number.end + 1], bytes[number.end + 2])
                if next == (0xE5, 0xB9, 0xB4) || next == (0xEB, 0x85, 0x84) || next == (0xE6, 0x9C, 0x88) || next == (0xEC, 0x9B, 0x94) {
                    hasNumericDate = true
                }
            }
            guard position + 1 < numbers.count else { continue }
            let next = numbers[position + 1]
            guard next.begin == number.end + 1 else { continue }
            let mark = bytes[number.end]
            if number.length <= 2, number.value < 25, next.length == 2, next.value < 60,
                mark == UInt8(ascii: ":") || mark == UInt8(ascii: ".") || mark | 0x20 == UInt8(ascii: "h")
            {
                hasTime = true
            }
            guard position + 2 < numbers.count else { continue }
            let third = numbers[position + 2]
            let isDateMark = mark == UInt8(ascii: ".") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-")
            if isDateMark, third.begin == next.end + 1, bytes[next.end] == mark, number.length <= 4, next.length <= 2, third.length <= 4,
                next.value <= 31
            {
                hasNumericDate = true
            }
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
}
