/// Words like `=?utf-8?Q?caf=C3=A9?=` in headers (RFC 2047), with the damage that is usual: raw 8-bit text, missing spaces, characters
/// cut between two words, `Q` words with spaces in them, unknown charsets.
enum EncodedWords {
    private struct Word {
        var charset: String
        var isBase64: Bool
        /// As it stands, encoded.
        var text: ArraySlice<UInt8>
        var end: Int
    }

    /// Neighbouring words of one charset: their bytes are decoded together, because a character may be cut between them, and so may a group
    /// of base64 digits.
    private struct Run {
        var charset = ""
        private var bytes: [UInt8] = []
        private var digits: [UInt8] = []

        mutating func add(_ word: Word) {
            charset = word.charset
            guard word.isBase64 else {
                endDigits()
                bytes += EncodedWords.quoted(word.text)
                return
            }
            for byte in word.text where byte.base64Value != nil { digits.append(byte) }
            // Whole groups are done; of a rest that is only filling, as where the `=` was left out, too.
            if digits.count % 4 == 0 || word.text.last == UInt8(ascii: "=") || !EncodedWords.holdsMore(digits) { endDigits() }
        }

        private mutating func endDigits() {
            bytes += EncodedWords.base64(digits[...])
            digits = []
        }

        mutating func take() -> String {
            endDigits()
            defer { bytes = [] }
            return bytes.isEmpty ? "" : Charsets.decode(bytes, named: charset).text
        }
    }

    /// Whether the bits behind the last whole byte say something: then the next word goes on with them.
    private static func holdsMore(_ digits: [UInt8]) -> Bool {
        guard let last = digits.last?.base64Value else { return false }
        return switch digits.count % 4 {
        case 1: true
        case 2: last & 0x0F != 0
        case 3: last & 0x03 != 0
        default: false
        }
    }

    /// A header's value decoded, with one space for each run of white space and none at either end.
    static func unfolded(_ bytes: ArraySlice<UInt8>) -> String { plainUnfolded(bytes) ?? decode(Array(bytes)).foldingWhiteSpace() }

    /// The same for ASCII without encoded words, as nearly all headers are, in one pass; nil for others.
    private static func plainUnfolded(_ bytes: ArraySlice<UInt8>) -> String? {
        var isPlain = true
        let text = String(unsafeUninitializedCapacity: bytes.count) { out in
            bytes.withUnsafeBufferPointer { source in
                var count = 0
                var space = false
                var index = 0
                while index < source.count {
                    // Long words, as signatures have, eight bytes at a time.
                    if !space, let eight = Self.eightPlain(source, at: index) {
                        UnsafeMutableRawBufferPointer(out).storeBytes(of: eight, toByteOffset: count, as: UInt64.self)
                        count += 8
                        index += 8
                        continue
                    }
                    let byte = source[index]
                    index += 1
                    if byte > 0x20, byte < 0x7F {
                        if byte == UInt8(ascii: "="), index < source.count, source[index] == UInt8(ascii: "?") { isPlain = false }
                        if space, count > 0 {
                            out[count] = 0x20
                            count += 1
                        }
                        space = false
                        out[count] = byte
                        count += 1
                    } else if byte >= 0x80 || byte == 0x1B {
                        isPlain = false
                        return 0
                    } else if byte != 0x0D, byte != 0x0A, byte != 0, byte != 0x7F {
                        space = true
                    }
                }
                return count
            }
        }
        return isPlain ? text : nil
    }

    /// Eight bytes, where all of them are letters, digits or signs, and none is `=`.
    @inline(__always)
    private static func eightPlain(_ source: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt64? {
        guard index + 8 <= source.count else { return nil }
        let eight = UnsafeRawBufferPointer(source).loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let equals = eight ^ (ones &* 0x3D)
        // The highest bit of a byte beyond ASCII, below 0x21, above 0x7E, or of one that became 0.
        let others = eight | (eight &- ones &* 0x21) & ~eight | (eight &+ ones) | (equals &- ones) & ~equals
        return others & (ones &* 0x80) == 0 ? eight : nil
    }

    static func decode(_ bytes: [UInt8]) -> String {
        guard bytes.contains(UInt8(ascii: "=")) else { return plain(bytes[...]) }
        var out = ""
        var plainBegin = 0
        var index = 0
        var run = Run()
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "="), let word = word(bytes, at: index) else {
                index += 1
                continue
            }
            let between = bytes[plainBegin..<index]
            let onlySpace = between.allSatisfy { $0 <= 0x20 }
            if !onlySpace || run.charset.isEmpty {
                out += run.take()
                out += plain(between)
            } else if word.charset != run.charset {
                out += run.take()
            }
            run.add(word)
            index = word.end
            plainBegin = index
        }
        out += run.take()
        out += plain(bytes[plainBegin...])
        return out
    }

    /// Text outside of encoded words: ASCII, or 8-bit text without a label.
    private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
        var unfolded: [UInt8] = []
        unfolded.reserveCapacity(bytes.count)
        for byte in bytes where byte != 0 && byte != 0x0D && byte != 0x0A { unfolded.append(byte == 0x09 ? 0x20 : byte) }
        return Charsets.decode(unfolded, named: nil).text
    }

    private static func word(_ bytes: [UInt8], at begin: Int) -> Word? {
        var index = begin + 1
        guard index < bytes.count, bytes[index] == UInt8(ascii: "?") else { return nil }
        index += 1
        let charsetBegin = index
        while index < bytes.count, index - charsetBegin < 48, bytes[index] > 0x20, bytes[index] != UInt8(ascii: "?") { index += 1 }
        guard index + 2 < bytes.count, bytes[index] == UInt8(ascii: "?"), bytes[index + 2] == UInt8(ascii: "?"), index > charsetBegin else {
            return nil
        }
        // RFC 2231 §5: "charset*language".
        let label = bytes[charsetBegin..<index].split(separator: UInt8(ascii: "*"), maxSplits: 1).first ?? []
        let charset = String(decoding: label, as: UTF8.self).lowercased()
        let kind = bytes[index + 1] | 0x20
        index += 3
        let textBegin = index
        guard kind == UInt8(ascii: "q") || kind == UInt8(ascii: "b") else { return nil }
        // The end: "?=". In a Q word a "?" may stand unencoded, by mistake. Stopping at the next "=?" keeps the whole linear.
        while index + 1 < bytes.count, !(bytes[index] == UInt8(ascii: "?") && bytes[index + 1] == UInt8(ascii: "=")) {
            if bytes[index] == UInt8(ascii: "="), bytes[index + 1] == UInt8(ascii: "?"), index > textBegin,
                index + 2 >= bytes.count || bytes[index + 2] != UInt8(ascii: "=")
            {
                // Another word begins: this one was never closed. Nothing of it is lost.
                guard bytes[index - 1] <= 0x20 else { return nil }
                var last = index
                while last > textBegin, bytes[last - 1] <= 0x20 || bytes[last - 1] == UInt8(ascii: "?") { last -= 1 }
                return Word(charset: charset, isBase64: kind == UInt8(ascii: "b"), text: bytes[textBegin..<last], end: index)
            }
            index += 1
        }
        var end = index + 2
        if index + 1 >= bytes.count {
            // Cut off at the end of the header.
            if index - textBegin > 300 { return nil }
            index = bytes.count
            end = bytes.count
            if index > textBegin, bytes.last == UInt8(ascii: "?") { index -= 1 }
        }
        return Word(charset: charset, isBase64: kind == UInt8(ascii: "b"), text: bytes[textBegin..<index], end: end)
    }

    static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "_") {
                out.append(0x20)
            } else if byte == UInt8(ascii: "="), index + 2 < text.endIndex, let high = text[index + 1].hexValue,
                let low = text[index + 2].hexValue
            {
                out.append(high << 4 | low)
                index += 2
            } else if byte != 0x0D && byte != 0x0A && byte != 0 {
                out.append(byte)
            }
            index += 1
        }
        return out
    }

    static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count * 3 / 4)
        var value: UInt32 = 0
        var bits = 0
        for byte in text {
            guard let six = byte.base64Value else { continue }
            value = (value << 6 | UInt32(six)) & 0xFF_FFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: value >> UInt32(bits)))
            }
        }
        return out
    }
}

extension UInt8 {
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }

    var base64Value: UInt8? {
        switch self {
        case 0x41...0x5A: self - 0x41
        case 0x61...0x7A: self - 0x61 + 26
        case 0x30...0x39: self - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
