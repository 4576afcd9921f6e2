import Foundation

/// A key record (RFC 6376 §3.6.1, RFC 8463 §4). `g=` of older records means nothing any more.
struct DKIMKey: Sendable, Hashable {
    enum Problem: Error, Hashable {
        case unreadable
        /// `p=` is empty.
        case revoked
    }

    var type: String
    var bytes: Data
    /// `h=`; nil for all.
    var hashes: [String]?
    /// `s=`; nil for all.
    var services: [String]?
    var flags: Set<String>

    /// Whether a TXT record could be a key at all: another record may stand at the same name by a wildcard.
    static func isOne(_ text: [UInt8]) -> Bool { TagList(text)?["p"] != nil }

    init(_ text: [UInt8]) throws(Problem) {
        guard let tags = TagList(text), let base64 = tags.compact("p") else { throw .unreadable }
        if let version = tags["v"], version != "DKIM1" || tags.names.first != "v" { throw .unreadable }
        if base64.isEmpty { throw .revoked }
        guard let bytes = Data(base64Encoded: base64), bytes.count <= 4096 else { throw .unreadable }
        type = tags["k"] ?? "rsa"
        self.bytes = bytes
        hashes = tags.list("h")
        services = tags.list("s")
        flags = Set(tags.list("t") ?? [])
    }

    /// The owner is only trying DKIM out.
    var isTesting: Bool { flags.contains("y") }
    /// `i=` has to be the very domain of `d=`.
    var isStrict: Bool { flags.contains("s") }
    var isForMail: Bool { services.map { $0.contains("*") || $0.contains("email") } ?? true }
    var allowsSHA256: Bool { hashes?.contains("sha256") ?? true }
}
