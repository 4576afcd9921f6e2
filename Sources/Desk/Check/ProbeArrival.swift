import Conversations
import Foundation
import MailFormat
import MailTrust
import Store

/// What came in for a check: the probe itself, or what a mail server sent back in its place.
struct ProbeArrival: Sendable, Codable {
    /// A line that a mail server wrote when it took the probe (RFC 5321 §4.4).
    struct Received: Sendable, Codable, Hashable {
        var by: String
        /// The address that the other side came from, where the line says so.
        var from: String?
    }

    var at: Instant
    var ingress: String
    var remoteAddress: String?
    var helo: String
    var envelopeSender: String
    /// Where its token was: `envelope`, the name of a header field, or nil: it is gone.
    var tokenPlace: String?
    /// It is no probe but a notice that it could not be delivered, with the reason.
    var bounce: String?
    /// The oldest first.
    var received: [Received]
    var claims: TrustClaims
    var authors: [String]

    /// Who brought the mail into the network that we stand in: its address is the one that others see. nil where nobody can know.
    var client: IPAddress? {
        if let own = remoteAddress.flatMap({ IPAddress($0) })?.unmapped, own.isPublic { return own }
        return received.reversed().lazy.compactMap { $0.from.flatMap { IPAddress($0) } }.map(\.unmapped).first { $0.isPublic }
    }
}

extension ProbeArrival.Received {
    /// Reads `from a (b [192.0.2.1]) by c …; date`. Linear; whatever the text is.
    init(_ field: String) {
        let text = String(field.prefix(1000))
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" || $0 == ";" })
        let at = words.firstIndex { $0.lowercased() == "by" }
        by = at.flatMap { $0 + 1 < words.endIndex ? String(words[$0 + 1].prefix(100)) : nil } ?? "an unnamed server"
        from = nil
        // What stands before “by” is what this server saw itself.
        let head = at.map { words[..<$0].joined(separator: " ") } ?? text
        for piece in head.split(separator: "[").dropFirst() {
            let inside = piece.prefix { $0 != "]" }
            let address = inside.lowercased().hasPrefix("ipv6:") ? String(inside.dropFirst(5)) : String(inside)
            if let address = IPAddress(address) { from = address.description }
        }
    }
}
