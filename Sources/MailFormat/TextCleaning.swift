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

extension Array where Element == UInt8 {
    /// As text: `\n` line ends, no NUL, and no other control character than tab and form feed.
    func cleanText() -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(count)
        var index = 0
        while index < count {
            let byte = self[index]
            if byte == 0x0D {
                out.append(0x0A)
                if index + 1 < count, self[index + 1] == 0x0A { index += 1 }
            } else if byte >= 0x20 || byte == 0x0A || byte == 0x09 {
                if byte != 0x7F { out.append(byte) }
            } else if byte == 0x0C {
                out.append(0x0A)
            }
            index += 1
        }
        return out
    }
}
