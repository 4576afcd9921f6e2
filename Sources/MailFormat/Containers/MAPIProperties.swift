/// The properties of a message or an attachment in `winmail.dat` (MS-OXTNEF §2.1.3.4).
enum MAPIProperties {
    struct Value {
        /// `PT_UNICODE`.
        var isWide: Bool
        var bytes: [UInt8]
    }

    /// The first value of each property by its id, as far as the stream goes.
    static func read(_ bytes: [UInt8]) -> [Int: Value] {
        var found: [Int: Value] = [:]
        guard bytes.count >= 4 else { return found }
        var index = 4
        for _ in 0..<min(bytes.littleEndian(0, 4), 5_000) {
            guard index + 4 <= bytes.count else { break }
            let type = bytes.littleEndian(index, 2)
            let id = bytes.littleEndian(index + 2, 2)
            index += 4
            if id >= 0x8000, !skipName(bytes, &index) { return found }
            let base = type & 0xFFF
            let isVariable = [0x1E, 0x1F, 0x102, 0x0D].contains(base)
            var count = 1
            if type & 0x1000 != 0 || isVariable {
                guard index + 4 <= bytes.count else { break }
                count = bytes.littleEndian(index, 4)
                index += 4
            }
            for _ in 0..<min(count, 5_000) {
                var length = fixedLength(base)
                if isVariable {
                    guard index + 4 <= bytes.count else { return found }
                    length = bytes.littleEndian(index, 4)
                    index += 4
                }
                guard length <= bytes.count - index else { return found }
                if found[id] == nil { found[id] = Value(isWide: base == 0x1F, bytes: Array(bytes[index..<(index + length)])) }
                // Every value fills whole words of four bytes.
                index += (length + 3) / 4 * 4
            }
        }
        return found
    }

    /// A named property: GUID, kind, and a number or a name.
    private static func skipName(_ bytes: [UInt8], _ index: inout Int) -> Bool {
        guard index + 24 <= bytes.count else { return false }
        let isText = bytes.littleEndian(index + 16, 4) == 1
        let length = bytes.littleEndian(index + 20, 4)
        index += 24
        if isText { index += (length + 3) / 4 * 4 }
        return index <= bytes.count
    }

    private static func fixedLength(_ type: Int) -> Int {
        switch type {
        case 0x05, 0x06, 0x07, 0x14, 0x40: 8
        case 0x48: 16
        default: 4
        }
    }
}
