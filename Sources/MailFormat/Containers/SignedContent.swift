/// What an opaque S/MIME signature holds (`application/pkcs7-mime`, RFC 8551 §3.5.2; SignedData, RFC 5652 §5). It is readable without any key; who
/// signed it is not checked here.
enum SignedContent {
    /// The signed mail part; nil where it is encrypted, damaged or no such thing.
    static func read(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = BERReader(bytes)
        // ContentInfo: SEQUENCE { OID signedData, [0] { SignedData: SEQUENCE { version, SET digestAlgorithms,
        // encapContentInfo: SEQUENCE { OID, [0] { OCTET STRING } } … } } }
        guard reader.enter(0x30) != nil, reader.value(0x06).map(Array.init) == [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02],
            reader.enter(0xA0) != nil, reader.enter(0x30) != nil, reader.value(0x02) != nil, reader.skip(0x31), reader.enter(0x30) != nil,
            reader.value(0x06) != nil, reader.enter(0xA0) != nil
        else { return nil }
        var out: [UInt8] = []
        return reader.octets(into: &out, depth: 0) && !out.isEmpty ? out : nil
    }
}

/// Walks BER (X.690): tag, length, value; lengths may be open (`80` … `00 00`).
struct BERReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Steps into an element; the end of its value, or `bytes.count` where its length is open. nil where another tag stands there.
    mutating func enter(_ tag: UInt8) -> (end: Int, isOpen: Bool)? {
        guard at + 1 < bytes.count, bytes[at] == tag else { return nil }
        let first = bytes[at + 1]
        at += 2
        if first == 0x80 { return (bytes.count, true) }
        guard first > 0x80 else { return at + Int(first) <= bytes.count ? (at + Int(first), false) : nil }
        let digits = Int(first & 0x7F)
        guard digits <= 4, at + digits <= bytes.count else { return nil }
        let length = bytes[at..<(at + digits)].reduce(0) { $0 << 8 | Int($1) }
        at += digits
        return length <= bytes.count - at ? (at + length, false) : nil
    }

    /// The value of a primitive element; steps behind it.
    mutating func value(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard let (end, isOpen) = enter(tag), !isOpen else { return nil }
        defer { at = end }
        return bytes[at..<end]
    }

    /// Steps behind an element, whatever it holds.
    mutating func skip(_ tag: UInt8) -> Bool {
        guard let (end, isOpen) = enter(tag) else { return false }
        guard isOpen else {
            at = end
            return true
        }
        var open = 1
        while open > 0 {
            guard at + 1 < bytes.count else { return false }
            if bytes[at] == 0, bytes[at + 1] == 0 {
                at += 2
                open -= 1
            } else {
                guard let inner = enter(bytes[at]) else { return false }
                if inner.isOpen { open += 1 } else { at = inner.end }
            }
        }
        return true
    }

    /// An OCTET STRING, in one piece or in several.
    mutating func octets(into out: inout [UInt8], depth: Int) -> Bool {
        if let whole = value(0x04) {
            out += whole
            return true
        }
        guard depth < 4, let (end, isOpen) = enter(0x24) else { return false }
        while at < end {
            if isOpen, at + 1 < bytes.count, bytes[at] == 0, bytes[at + 1] == 0 {
                at += 2
                return true
            }
            guard octets(into: &out, depth: depth + 1) else { return false }
        }
        return !isOpen
    }
}
