import Desk

/// `a=b&c=d` (WHATWG URL §5.1), its values as the bytes that they stand for: a mail in one need not be UTF-8. Linear in its size.
enum URLEncodedForm {
    static let mostFields = 200

    /// nil for more fields than anybody sends.
    static func read(_ body: [UInt8]) -> [ProviderRequest.Field]? {
        if body.isEmpty { return [] }
        let pairs = body.split(separator: UInt8(ascii: "&"), maxSplits: mostFields, omittingEmptySubsequences: true)
        guard pairs.count <= mostFields else { return nil }
        return pairs.map { pair in
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            return ProviderRequest.Field(
                name: String(decoding: decode(pair[..<equals]), as: UTF8.self), value: decode(pair[equals...].dropFirst()))
        }
    }

    private static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "+") {
                bytes.append(0x20)
            } else if byte == UInt8(ascii: "%"), index + 1 < text.endIndex, let high = digit(text[index]), let low = digit(text[index + 1])
            {
                bytes.append(high << 4 | low)
                index += 2
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
