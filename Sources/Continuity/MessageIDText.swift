/// A Message-ID as text (RFC 5322 §3.6.4), without its angle brackets.
enum MessageIDText {
    /// Longer ids than a header line can hold (RFC 5322 §2.1.1) are nobody's.
    static let longest = 900

    /// The id without brackets and white space around; nil where nothing usable is left, so that nothing in it can break a header.
    static func plain(_ raw: String) -> String? {
        var id = raw.utf8[...]
        while let byte = id.first, byte <= 0x20 || byte == UInt8(ascii: "<") { id.removeFirst() }
        while let byte = id.last, byte <= 0x20 || byte == UInt8(ascii: ">") { id.removeLast() }
        guard !id.isEmpty, id.count <= longest else { return nil }
        guard id.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }) else { return nil }
        return String(Substring(id))
    }
}
