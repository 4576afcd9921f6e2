/// Reads the bytes of one record as DNS sends them (RFC 1035 §3.3).
enum DNSRecordData {
    /// - Returns: nil where the bytes are no such record.
    static func read(_ bytes: [UInt8], type: DNSRecordType) -> DNSRecord? {
        switch type {
        case .a: bytes.count == 4 ? IPAddress(bytes: bytes).map { .address($0) } : nil
        case .aaaa: bytes.count == 16 ? IPAddress(bytes: bytes).map { .address($0) } : nil
        case .ptr, .cname: name(bytes[...]).map { .name($0) }
        case .mx:
            bytes.count > 2
                ? name(bytes[2...]).map { .mailExchanger(preference: UInt16(bytes[0]) << 8 | UInt16(bytes[1]), host: $0) } : nil
        case .txt: text(bytes)
        }
    }

    private static func text(_ bytes: [UInt8]) -> DNSRecord? {
        var all: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let end = index + 1 + Int(bytes[index])
            guard end <= bytes.count else { return nil }
            all += bytes[(index + 1)..<end]
            index = end
        }
        return .text(all)
    }

    /// A name without compression, which libunbound has undone. A byte that no host name has makes it no name for us.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        var labels: [String] = []
        var index = bytes.startIndex
        while index < bytes.endIndex, bytes[index] != 0 {
            let end = index + 1 + Int(bytes[index])
            guard bytes[index] < 64, end < bytes.endIndex else { return nil }
            let label = bytes[(index + 1)..<end]
            guard label.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ".") }) else { return nil }
            labels.append(String(decoding: label, as: UTF8.self))
            index = end
        }
        return labels.joined(separator: ".")
    }
}
