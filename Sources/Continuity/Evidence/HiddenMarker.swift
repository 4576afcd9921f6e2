/// The hidden mark of a conversation in the mails that leave (behaviour §5.1, evidence 4): `ref:` and 32 hex digits, in the text part and
/// in the HTML part, so that it comes back in the quoted body also where a mail program or a gateway lost every header.
///
/// It is unguessable like a reply token and the store keeps only its hash. It counts for less: only a sender who is in the conversation
/// already is believed.
public enum HiddenMarker {
    static let length = 32
    private static let sign = Array("ref:".utf8)

    /// The mark as it stands in a mail.
    public static func written(_ marker: String) -> String { "ref:\(marker)" }

    /// The marks in a body, text or HTML, lower-cased, each once, the first ones. Linear.
    public static func find(in text: String, limit: Int = 4) -> [String] {
        let bytes = Array(text.utf8)
        var found: [String] = []
        var at = 0
        while at + sign.count + length <= bytes.count, found.count < limit {
            guard isSign(bytes, at), at == 0 || !isWord(bytes[at - 1]) else {
                at += 1
                continue
            }
            at += sign.count
            guard let end = endOfMarker(bytes, at) else { continue }
            let marker = String(decoding: bytes[at..<end], as: UTF8.self).lowercased()
            if !found.contains(marker) { found.append(marker) }
            at = end
        }
        return found
    }

    private static func isSign(_ bytes: [UInt8], _ at: Int) -> Bool {
        // By far the most bytes are none: one comparison.
        guard bytes[at + 3] == sign[3] else { return false }
        return (0..<3).allSatisfy { bytes[at + $0] | 0x20 == sign[$0] }
    }

    /// Behind exactly 32 hex digits.
    private static func endOfMarker(_ bytes: [UInt8], _ at: Int) -> Int? {
        let end = at + length
        guard end <= bytes.count, bytes[at..<end].allSatisfy(isHex), end == bytes.count || !isWord(bytes[end]) else { return nil }
        return end
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
