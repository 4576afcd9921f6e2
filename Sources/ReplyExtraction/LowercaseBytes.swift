/// Lower-case UTF-8 that is as long as what it was made from, so that a place in one is the same place in the other. Letters whose lower case
/// has another length stay as they are; word lists are made by the same rule.
enum LowercaseBytes {
    static func of(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
            bytes.withUnsafeBufferPointer { source in
                var index = 0
                while index < source.count {
                    let byte = source[index]
                    if byte < 0x80 {
                        while let eight = eightASCII(source, at: index) {
                            UnsafeMutableRawBufferPointer(out).storeBytes(of: eight, toByteOffset: index, as: UInt64.self)
                            index += 8
                        }
                        guard index < source.count, source[index] < 0x80 else { continue }
                        let byte = source[index]
                        out[index] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
                        index += 1
                    } else if byte < 0xE0, index + 1 < source.count {
                        (out[index], out[index + 1]) = pair(byte, source[index + 1])
                        index += 2
                    } else if byte == 0xE1, index + 2 < source.count, source[index + 1] >= 0xB8, source[index + 1] <= 0xBB {
                        // Latin extended additional, as Vietnamese has it: U+1E00 to U+1EFF in pairs.
                        out[index] = byte
                        out[index + 1] = source[index + 1]
                        out[index + 2] = source[index + 2] | 1
                        index += 3
                    } else {
                        out[index] = byte
                        index += 1
                    }
                }
            }
            count = bytes.count
        }
    }

    /// Eight bytes in lower case, where all of them are ASCII.
    @inline(__always)
    private static func eightASCII(_ source: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt64? {
        guard index + 8 <= source.count else { return nil }
        let eight = UnsafeRawBufferPointer(source).loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        guard eight & (ones &* 0x80) == 0 else { return nil }
        // The highest bit of each byte from `A` on, without those behind `Z`.
        let capitals = (eight &+ ones &* (0x80 - 0x41)) & ~(eight &+ ones &* (0x80 - 0x5B)) & (ones &* 0x80)
        return eight | capitals >> 2
    }

    static func of(_ text: String) -> [UInt8] { of(Array(text.utf8)) }

    /// Latin, Greek and Cyrillic letters of two bytes.
    private static func pair(_ lead: UInt8, _ trail: UInt8) -> (UInt8, UInt8) {
        switch (lead, trail) {
        case (0xC3, 0x80...0x9E) where trail != 0x97: (lead, trail | 0x20)
        case (0xC4, 0x80...0xAF), (0xC4, 0xB2...0xB7), (0xC5, 0x8A...0xB7), (0xC6, 0xA0...0xA5), (0xC8, 0x80...0xB3): (lead, trail | 1)
        // U+0139 to U+0148 and U+0179 to U+017E: the capital has the odd number.
        case (0xC4, 0xB9...0xBE): (lead, trail & 1 == 1 ? trail + 1 : trail)
        case (0xC4, 0xBF): (0xC5, 0x80)
        case (0xC5, 0x81...0x88): (lead, trail & 1 == 1 ? trail + 1 : trail)
        case (0xC5, 0xB9...0xBE): (lead, trail & 1 == 1 ? trail + 1 : trail)
        case (0xC6, 0xAF): (lead, 0xB0)
        case (0xCE, 0x91...0x9F): (lead, trail + 0x20)
        case (0xCE, 0xA0...0xA9): (0xCF, trail - 0x20)
        case (0xCE, 0x86): (lead, 0xAC)
        case (0xCE, 0x88...0x8A): (lead, trail + 0x25)
        case (0xCE, 0x8C): (0xCF, 0x8C)
        case (0xCE, 0x8E), (0xCE, 0x8F): (0xCF, trail - 1)
        case (0xD0, 0x80...0x8F): (0xD1, trail + 0x10)
        case (0xD0, 0x90...0x9F): (lead, trail + 0x20)
        case (0xD0, 0xA0...0xAF): (0xD1, trail - 0x20)
        case (0xD2, 0x90...0xBF), (0xD3, 0x90...0xBF): (lead, trail | 1)
        default: (lead, trail)
        }
    }
}
