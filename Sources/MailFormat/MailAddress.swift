/// A mailbox as mail writes it: an optional display name and an address (RFC 5322 §3.4).
public struct MailAddress: Sendable, Hashable, Codable {
    /// The display name, decoded; nil where there is none.
    public var name: String?
    /// `local@domain` with the domain in lower case. A damaged `From` may give something else, or nothing.
    public var address: String

    public init(name: String? = nil, address: String) {
        self.name = name
        self.address = address
    }

    /// The first address in a text like `Sam <sam@example.test>`; nil where none is usable.
    public init?(_ text: String) {
        guard let first = Self.list(text).first(where: { Self.normalise($0.address) != nil }) else { return nil }
        self = first
    }

    /// All addresses of a header like `To`: groups are flattened, what is no address is left out. At most `limit`.
    public static func list(_ header: String, limit: Int = 1_000) -> [MailAddress] {
        var parser = AddressParser(header, limit: limit)
        return parser.list()
    }

    /// Two addresses are the same mailbox to us when their keys are equal: everything in lower case (RFC 5321 §2.4 would let local parts
    /// differ by case; no mailbox in use does).
    public var key: String { address.lowercased() }

    /// What stands before the last `@`.
    public var localPart: String {
        guard let at = address.lastIndex(of: "@") else { return address }
        return String(address[..<at])
    }

    /// What stands behind the last `@`, in lower case; empty where there is none.
    public var domain: String {
        guard let at = address.lastIndex(of: "@") else { return "" }
        return address[address.index(after: at)...].lowercased()
    }

    /// Trims an address that a person typed and lowers its domain; nil where it is not `local@domain` (at most 254 bytes, RFC 5321 §4.5.3.1).
    public static func normalise(_ address: String) -> String? {
        let bytes = Array(address.utf8)
        guard let begin = bytes.firstIndex(where: { $0 > 0x20 }), let end = bytes.lastIndex(where: { $0 > 0x20 }) else { return nil }
        let trimmed = bytes[begin...end]
        guard trimmed.count <= 254, let at = trimmed.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let local = trimmed[..<at]
        let domain = trimmed[(at + 1)...]
        guard !local.isEmpty, local.count <= 64, isDomain(domain) else { return nil }
        let quoted = local.count > 2 && local.first == UInt8(ascii: "\"") && local.last == UInt8(ascii: "\"")
        for byte in local
        where byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: ",") {
            if !quoted || byte < 0x20 || byte == 0x7F { return nil }
        }
        if !quoted, local.contains(UInt8(ascii: "@")) || local.contains(UInt8(ascii: "\"")) { return nil }
        return String(decoding: local, as: UTF8.self) + "@" + String(decoding: domain, as: UTF8.self).lowercased()
    }

    private static func isDomain(_ domain: ArraySlice<UInt8>) -> Bool {
        guard let first = domain.first, let last = domain.last else { return false }
        if first == UInt8(ascii: "["), last == UInt8(ascii: "]") { return domain.count > 2 && !domain.contains { $0 <= 0x20 } }
        var labelLength = 0
        for byte in domain {
            switch byte {
            case UInt8(ascii: "."):
                if labelLength == 0 { return false }
                labelLength = 0
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...0xFF:
                labelLength += 1
            default: return false
            }
        }
        return labelLength > 0 && last != UInt8(ascii: ".")
    }
}
