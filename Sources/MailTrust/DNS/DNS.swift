/// What the rules ask of the domain name system. Behind it: libunbound (`UnboundDNS`), or a table in the tests.
public protocol DNS: Sendable {
    /// Never throws and answers within its own time limit: what went wrong is an answer too.
    /// - Parameter name: in ASCII, with or without a dot at its end.
    func ask(_ name: String, _ type: DNSRecordType) async -> DNSAnswer
}

public enum DNSRecordType: Int32, Sendable, Hashable {
    case a = 1
    case cname = 5
    case ptr = 12
    case mx = 15
    case txt = 16
    case aaaa = 28
}

public enum DNSAnswer: Sendable, Hashable {
    /// At least one.
    case records([DNSRecord])
    /// The name does not exist, or has no such record. The rules here treat both alike (RFC 7208 §4.3, §4.6.4).
    case nothing
    /// No answer in time, or a server that could not answer.
    case failed
}

public enum DNSRecord: Sendable, Hashable {
    case address(IPAddress)
    case mailExchanger(preference: UInt16, host: String)
    case name(String)
    /// The strings of one TXT record, put together without anything between them (RFC 7208 §3.3, RFC 6376 §3.6.2.2).
    case text([UInt8])
}

extension DNSAnswer {
    /// The TXT records in it, at most as many as any rule looks at.
    var texts: [[UInt8]] {
        guard case .records(let records) = self else { return [] }
        return records.prefix(100).compactMap { if case .text(let bytes) = $0 { bytes } else { nil } }
    }
}

/// Whether DNS can be asked for a name (RFC 1035 §2.3.4): labels of 1 to 63 bytes, 253 in all, printable ASCII.
func isDNSName(_ name: String) -> Bool {
    let bytes = name.utf8.last == UInt8(ascii: ".") ? name.utf8.dropLast() : name.utf8[...]
    guard !bytes.isEmpty, bytes.count <= 253 else { return false }
    guard bytes.allSatisfy({ 0x20...0x7E ~= $0 }) else { return false }
    return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { 1...63 ~= $0.count }
}

extension String {
    /// The form that domain names are compared in: ASCII letters small, no dot at the end.
    var domainKey: String {
        var name = lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        return name
    }

    /// Whether this domain is the other one or below it. Both as `domainKey`.
    func isAtOrBelow(_ domain: String) -> Bool { !domain.isEmpty && (self == domain || hasSuffix("." + domain)) }
}
