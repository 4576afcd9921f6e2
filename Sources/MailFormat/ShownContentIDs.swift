/// The `cid:` links of an HTML text (RFC 2392): which attached pictures it shows. One pass, whatever the number of attachments.
enum ShownContentIDs {
    /// More of them in one text are left out.
    private static let limit = 5_000

    static func find(in html: String) -> Set<String> {
        var found: Set<String> = []
        let bytes = Array(html.utf8)
        var index = 0
        while index + 4 < bytes.count, found.count < limit {
            guard bytes[index] == UInt8(ascii: ":"), index >= 3, bytes[index - 3] | 0x20 == UInt8(ascii: "c"),
                bytes[index - 2] | 0x20 == UInt8(ascii: "i"), bytes[index - 1] | 0x20 == UInt8(ascii: "d")
            else {
                index += 1
                continue
            }
            let begin = index + 1
            index = begin
            while index < bytes.count, index - begin < 1_000, !ends(bytes[index]) { index += 1 }
            found.insert(String(decoding: bytes[begin..<index], as: UTF8.self))
        }
        return found
    }

    private static func ends(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: ")")
            || byte == UInt8(ascii: "<")
    }
}
