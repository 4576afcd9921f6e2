import CMailParts

extension String {
    /// Runs of white space become one space; none at either end. Control characters go.
    func foldingWhiteSpace() -> String {
        var copy = self
        return copy.withUTF8 { bytes in
            // Most texts are as they should be.
            if Self.isFolded(bytes) { return nil }
            return String(unsafeUninitializedCapacity: bytes.count) { out in
                var count = 0
                var space = false
                for byte in bytes {
                    if byte <= 0x20 || byte == 0x7F {
                        space = space || (byte != 0 && byte != 0x7F)
                    } else {
                        if space, count > 0 {
                            out[count] = 0x20
                            count += 1
                        }
                        space = false
                        out[count] = byte
                        count += 1
                    }
                }
                return count
            }
        } ?? self
    }

    private static func isFolded(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var last: UInt8 = 0x20
        for byte in bytes {
            if byte < 0x20 || byte == 0x7F || byte == 0x20 && last == 0x20 { return false }
            last = byte
        }
        return last != 0x20 || bytes.isEmpty
    }
}

extension String {
    /// UTF-8 as text: `\n` line ends, no NUL, and no other control character than tab. What is no UTF-8 becomes U+FFFD.
    init(cleaning bytes: ArraySlice<UInt8>) {
        self.init(unsafeUninitializedCapacity: bytes.count) { out in
            bytes.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = out.baseAddress else { return 0 }
                return mail_clean_text(from, source.count, to)
            }
        }
    }
}
