#if canImport(Glibc)
    import Glibc
#endif

/// An IPv4 or IPv6 address, in network order.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16.
    public let bytes: [UInt8]

    public var isIPv4: Bool { bytes.count == 4 }

    /// - Returns: nil unless there are 4 or 16 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads `192.0.2.1` or `2001:db8::1`. Anything else, such as a port or a zone behind it, is no address.
    public init?(_ text: String) {
        if text.utf8.contains(UInt8(ascii: ":")) {
            var address = in6_addr()
            guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
            bytes = withUnsafeBytes(of: &address) { Array($0) }
        } else {
            var address = in_addr()
            guard inet_pton(AF_INET, text, &address) == 1 else { return nil }
            bytes = withUnsafeBytes(of: &address) { Array($0) }
        }
    }

    /// An IPv4 address that came over an IPv6 socket is that IPv4 address (RFC 7208 §5).
    public var unmapped: IPAddress {
        guard bytes.count == 16, bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF else { return self }
        return IPAddress(bytes: Array(bytes[12...])) ?? self
    }

    /// Whether the first `length` bits are those of `network`. Addresses of the other family never are.
    public func isIn(_ network: IPAddress, prefix length: Int) -> Bool {
        guard bytes.count == network.bytes.count, 0...(bytes.count * 8) ~= length else { return false }
        let whole = length / 8
        guard bytes.prefix(whole) == network.bytes.prefix(whole) else { return false }
        let rest = length % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - rest))
        return bytes[whole] & mask == network.bytes[whole] & mask
    }

    /// Whether the address is one of the whole network's. A loopback, private or link-local one says nothing about who sent a mail.
    public var isPublic: Bool { !Self.notPublic.contains { isIn($0.network, prefix: $0.length) } }

    /// RFC 1122, 1918, 3927, 6598; RFC 4193, 4291.
    private static let notPublic: [(network: IPAddress, length: Int)] = [
        ("0.0.0.0", 8), ("10.0.0.0", 8), ("100.64.0.0", 10), ("127.0.0.0", 8), ("169.254.0.0", 16), ("172.16.0.0", 12),
        ("192.168.0.0", 16), ("::", 127), ("fc00::", 7), ("fe80::", 10),
    ].compactMap { text, length in IPAddress(text).map { ($0, length) } }

    public var description: String {
        if isIPv4 { return bytes.map { String($0) }.joined(separator: ".") }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard bytes.withUnsafeBytes({ inet_ntop(AF_INET6, $0.baseAddress, &buffer, socklen_t(buffer.count)) }) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The name under which DNS keeps the address's own name (RFC 1035 §3.5, RFC 3596 §2.5).
    var reverseName: String {
        isIPv4
            ? bytes.reversed().map { String($0) }.joined(separator: ".") + ".in-addr.arpa"
            : nibbles.reversed().joined(separator: ".") + ".ip6.arpa"
    }

    /// The 32 hexadecimal digits of an IPv6 address.
    var nibbles: [String] { bytes.flatMap { [String($0 >> 4, radix: 16), String($0 & 15, radix: 16)] } }
}
