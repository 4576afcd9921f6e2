/// Whether bytes are UTF-8 (RFC 3629), and how much of them is beyond ASCII.
struct UTF8Shape {
    private(set) var sequences = 0
    private(set) var broken = 0
    var isValid: Bool { broken == 0 }

    init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x80 {
                    index += 1
                    continue
                }
                let length = byte >= 0xC2 && byte <= 0xDF ? 2 : byte >= 0xE0 && byte <= 0xEF ? 3 : byte >= 0xF0 && byte <= 0xF4 ? 4 : 0
                guard length > 0, index + length <= bytes.count else {
                    broken += 1
                    index += 1
                    continue
                }
                var whole = true
                for next in 1..<length where bytes[index + next] & 0xC0 != 0x80 { whole = false }
                let second = bytes[index + 1]
                if byte == 0xE0 && second < 0xA0 || byte == 0xED && second > 0x9F || byte == 0xF0 && second < 0x90
                    || byte == 0xF4 && second > 0x8F
                {
                    whole = false
                }
                if whole {
                    sequences += 1
                    index += length
                } else {
                    broken += 1
                    index += 1
                }
            }
        }
    }
}
