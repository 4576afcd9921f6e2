import NIOCore

/// One IP address or a network in CIDR notation: `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`.
public struct AddressRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let prefix: Int

    /// Nil where the text is neither.
    public init?(parsing text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let bytes = Self.packed(String(first)) else { return nil }
        if parts.count == 2 {
            guard let prefix = Int(parts[1]), (0...bytes.count * 8).contains(prefix) else { return nil }
            self.prefix = prefix
        } else {
            prefix = bytes.count * 8
        }
        self.bytes = bytes
    }

    /// - Parameter address: an IP address as text; anything else is in no range.
    public func contains(_ address: String) -> Bool {
        guard let other = Self.packed(address), other.count == bytes.count else { return false }
        let whole = prefix / 8
        guard other.prefix(whole) == bytes.prefix(whole) else { return false }
        guard prefix % 8 > 0, whole < bytes.count else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (prefix % 8))
        return other[whole] & mask == bytes[whole] & mask
    }

    /// Who shares a limit: an IPv4 address by itself, an IPv6 address with all of its /64, which one machine has to itself.
    static func limited(_ address: String) -> String {
        guard address.contains(":"), let bytes = packed(address) else { return address }
        return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    /// The 4 or 16 bytes of an address in network order.
    private static func packed(_ text: String) -> [UInt8]? {
        switch try? SocketAddress(ipAddress: text, port: 0) {
        case .v4(let address): withUnsafeBytes(of: address.address.sin_addr) { [UInt8]($0) }
        case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr) { [UInt8]($0) }
        default: nil
        }
    }
}
