/// Finds reply tokens: `anything+<32 hex digits>@`, in any letter case (behaviour §5.1).
///
/// It reads the whole text rather than parsed addresses, so that a damaged `To` still gives its token up. Linear.
enum ReplyTokens {
    static let length = 32

    /// The tokens in order, lower-cased, each with what stands before its `+`.
    static func find(in text: String, limit: Int) -> [(prefix: String, token: String)] {
        let bytes = Array(text.utf8)
        var found: [(prefix: String, token: String)] = []
        var at = 0
        while let plus = bytes[at...].firstIndex(of: UInt8(ascii: "+")), found.count < limit {
            at = plus + 1
            let end = at + length
            guard end < bytes.count else { break }
            guard bytes[end] == UInt8(ascii: "@"), bytes[at..<end].allSatisfy(isHex) else { continue }
            let prefix = bytes[max(0, plus - 64)..<plus].reversed().prefix { isLocal($0) }.reversed()
            found.append(
                (String(decoding: prefix, as: UTF8.self).lowercased(), String(decoding: bytes[at..<end], as: UTF8.self).lowercased()))
            at = end
        }
        return found
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
