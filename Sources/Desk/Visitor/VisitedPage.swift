import Conversations
import Store

/// A page as agents may know it: where it is without what it was asked with, and what it is called. Anything may come here from a browser.
public struct VisitedPage: Sendable, Hashable {
    /// Bytes of an address that is looked at, and of a path that is kept.
    static let longest = 4096
    static let longestPath = 1024
    /// So many letters and digits in one piece, of both kinds, name a secret (a link to reset a password) or nothing that a person reads.
    static let secretLength = 20
    /// In the place of what is left out.
    static let leftOut = "…"

    public let url: String
    public let title: String

    /// nil where it is no page of the web.
    /// - Parameters:
    ///   - address: `location.href`. Query, fragment and user information are left out: they carry sessions, searches and names.
    ///   - title: `document.title`.
    public init?(address: String, title: String) {
        guard address.utf8.count <= Self.longest, address.utf8.allSatisfy({ (33...126).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) })
        else {
            return nil
        }
        let plain = address.prefix { $0 != "?" && $0 != "#" }
        guard let colon = plain.firstIndex(of: ":"), case let scheme = plain[..<colon].lowercased(), scheme == "http" || scheme == "https",
            plain[plain.index(after: colon)...].hasPrefix("//")
        else { return nil }
        let rest = plain[plain.index(colon, offsetBy: 3)...]
        let authority = rest.prefix { $0 != "/" }
        let host = (authority.split(separator: "@", omittingEmptySubsequences: false).last ?? "").lowercased()
        guard (1...255).contains(host.utf8.count), host.utf8.allSatisfy({ Self.isHost($0) }) else { return nil }
        var path = ""
        for segment in rest.dropFirst(authority.count).split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let shown = Self.looksSecret(segment) ? Self.leftOut : String(segment)
            guard path.utf8.count + shown.utf8.count < Self.longestPath else {
                path += "/" + Self.leftOut
                break
            }
            path += "/" + shown
        }
        url = "\(scheme)://\(host)\(path.isEmpty ? "/" : path)"
        self.title = title
    }

    private static func isHost(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte) || "-.:[]_".utf8.contains(byte)
    }

    private static func looksSecret(_ segment: Substring) -> Bool {
        var (run, digits) = (0, 0)
        for byte in segment.utf8 {
            let isDigit = (48...57).contains(byte)
            guard isDigit || (65...90).contains(byte) || (97...122).contains(byte) else {
                (run, digits) = (0, 0)
                continue
            }
            run += 1
            if isDigit { digits += 1 }
            if run >= secretLength, digits > 0, digits < run { return true }
        }
        return false
    }
}
