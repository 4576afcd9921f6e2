extension String {
    /// Runs of white space become one space; none at either end. Control characters go.
    func foldingWhiteSpace() -> String {
        var out: [UInt8] = []
        out.reserveCapacity(utf8.count)
        var space = false
        for byte in utf8 {
            if byte <= 0x20 || byte == 0x7F {
                space = space || (byte != 0 && byte != 0x7F)
            } else {
                if space, !out.isEmpty { out.append(0x20) }
                space = false
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension Sequence<UInt8> {
    /// As text: `\n` line ends, no NUL, and no other control character than tab.
    func cleanText() -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(underestimatedCount)
        var last: UInt8 = 0
        for byte in self {
            if byte >= 0x20 || byte == 0x09 {
                if byte != 0x7F { out.append(byte) }
            } else if byte == 0x0D || byte == 0x0C || byte == 0x0A && last != 0x0D {
                out.append(0x0A)
            }
            last = byte
        }
        return out
    }
}
