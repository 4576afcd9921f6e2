/// How a body travels (RFC 2045 §6).
enum TransferEncoding: String {
    case asItStands = "7bit"
    case quotedPrintable = "quoted-printable"
    case base64 = "base64"

    /// Text with CRLF line ends and without NUL.
    static func canonicalLines(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 64)
        var last: UInt8 = 0
        for byte in text.utf8 where byte != 0 {
            if byte == 0x0A || byte == 0x0D {
                if !(byte == 0x0A && last == 0x0D) { out += [0x0D, 0x0A] }
            } else {
                out.append(byte)
            }
            last = byte
        }
        return out
    }

    static func choose(_ bytes: [UInt8]) -> TransferEncoding {
        var high = 0
        var length = 0
        var plain = true
        var last: UInt8 = 0
        for byte in bytes {
            if byte >= 0x80 { high += 1 }
            if byte < 0x20 && byte != 0x0D && byte != 0x0A && byte != 0x09 || byte >= 0x7F { plain = false }
            if byte == 0x0A {
                length = 0
            } else if byte != 0x0D {
                length += 1
                if length > 78 { plain = false }
            } else if last == 0x20 || last == 0x09 {
                // Space at the end of a line is lost on the way.
                plain = false
            }
            // A boundary of ours could stand there; and "From " is changed on the way.
            if last == UInt8(ascii: "="), byte == UInt8(ascii: "_") { plain = false }
            if length == 1, byte == UInt8(ascii: "F") || byte == UInt8(ascii: ".") { plain = false }
            last = byte
        }
        if plain { return .asItStands }
        return high * 3 > bytes.count ? .base64 : .quotedPrintable
    }

    func encode(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .asItStands: bytes
        case .quotedPrintable: Self.quotedPrintable(bytes)
        case .base64: Self.base64Lines(bytes)
        }
    }

    private static func quotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 5 / 4)
        var length = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A {
                out += [0x0D, 0x0A]
                length = 0
                index += 2
                continue
            }
            let endsLine = index + 1 == bytes.count || bytes[index + 1] == 0x0D
            let isSpace = byte == 0x20 || byte == 0x09
            let beginsLine = length == 0
            let literal =
                (byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "=")
                    && !(beginsLine && (byte == UInt8(ascii: "F") || byte == UInt8(ascii: ".")))) || (isSpace && !endsLine)
            let width = literal ? 1 : 3
            if length + width > 75 {
                out += [UInt8(ascii: "="), 0x0D, 0x0A]
                length = 0
            }
            if literal {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
            length += width
            index += 1
        }
        return out
    }

    /// Lines of 76 digits.
    private static func base64Lines(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 78 / 57 + 80)
        var index = 0
        while index < bytes.count {
            let end = min(index + 57, bytes.count)
            appendBase64(bytes[index..<end], to: &out)
            out += [0x0D, 0x0A]
            index = end
        }
        return out
    }

    static func base64Digits(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        appendBase64(bytes[...], to: &out)
        return out
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func appendBase64(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let left = bytes.endIndex - index
            let one = UInt32(bytes[index])
            let two = left > 1 ? UInt32(bytes[index + 1]) : 0
            let three = left > 2 ? UInt32(bytes[index + 2]) : 0
            let value = one << 16 | two << 8 | three
            out.append(alphabet[Int(value >> 18 & 63)])
            out.append(alphabet[Int(value >> 12 & 63)])
            out.append(left > 1 ? alphabet[Int(value >> 6 & 63)] : UInt8(ascii: "="))
            out.append(left > 2 ? alphabet[Int(value & 63)] : UInt8(ascii: "="))
            index += 3
        }
    }
}
