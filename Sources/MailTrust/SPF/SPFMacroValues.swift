/// What the macros of one check stand for (RFC 7208 §7.2, §7.3).
struct SPFMacroValues: Sendable {
    let client: IPAddress
    let helo: String
    /// Of the sender's address; `postmaster` where it has none.
    let local: String
    let senderDomain: String
    /// Our host name.
    let receiver: String
    /// Since 1970.
    let seconds: Int

    /// What address records the client can be compared with.
    var addressType: DNSRecordType { client.isIPv4 ? .a : .aaaa }

    /// - Parameter clientName: what `%{p}` stands for.
    func expand(_ text: SPFMacroText, domain: String, clientName: String) -> String {
        text.parts.map { part in
            switch part {
            case .literal(let text): text
            case .macro(let macro): expand(macro, domain: domain, clientName: clientName)
            }
        }.joined()
    }

    private func expand(_ macro: SPFMacroText.Macro, domain: String, clientName: String) -> String {
        let value =
            switch macro.letter {
            case UInt8(ascii: "s"): "\(local)@\(senderDomain)"
            case UInt8(ascii: "l"): local
            case UInt8(ascii: "o"): senderDomain
            case UInt8(ascii: "d"): domain
            case UInt8(ascii: "i"): client.isIPv4 ? client.description : client.nibbles.joined(separator: ".")
            case UInt8(ascii: "p"): clientName
            case UInt8(ascii: "h"): helo
            case UInt8(ascii: "c"): client.description
            case UInt8(ascii: "r"): receiver
            case UInt8(ascii: "t"): String(seconds)
            default: client.isIPv4 ? "in-addr" : "ip6"
            }
        var parts = Array(value.utf8).split(omittingEmptySubsequences: false) { macro.delimiters.contains($0) }
        if macro.reversed { parts.reverse() }
        if let keep = macro.keep { parts = parts.suffix(keep) }
        let joined = parts.joined(separator: [UInt8(ascii: ".")])
        return macro.escaped ? Self.escaped(joined) : String(decoding: Array(joined), as: UTF8.self)
    }

    /// All but RFC 3986's unreserved characters as `%XX`.
    private static func escaped(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in bytes {
            if isLetter(byte) || isDigit(byte) || "-._~".utf8.contains(byte) {
                text.append(byte)
            } else {
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
