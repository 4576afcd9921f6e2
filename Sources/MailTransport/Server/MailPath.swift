/// The address part of MAIL and RCPT (RFC 5321 §4.1.2): `<user@example.test>`, `<>`, `<"odd name"@example.test>`.
///
/// The address is kept as written. Whether it is one of ours is the application's question, and it is asked about exactly these
/// characters: nothing here resolves `%`, `!` or a source route into another address, so there is no spelling that relays.
struct MailPath: Equatable {
    /// Empty for `<>`.
    var address: String
    /// What follows the closing bracket: the parameters.
    var rest: Substring.UTF8View

    enum Defect: Error, Equatable {
        case noBrackets, notAnAddress, tooLong
    }

    static func == (left: MailPath, right: MailPath) -> Bool {
        left.address == right.address && left.rest.elementsEqual(right.rest)
    }

    /// Paths longer than the 256 octets of RFC 5321 §4.5.3.1.3 are seen in the wild (bounce addresses that carry another); hence room.
    static let maxBytes = 512

    /// Reads what follows the colon of `MAIL FROM:` or `RCPT TO:`. Spaces before the bracket are forgiven.
    static func parse(_ text: Substring) throws(Defect) -> MailPath {
        var bytes = text.utf8
        while let first = bytes.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") { bytes.removeFirst() }
        guard bytes.first == UInt8(ascii: "<") else { throw .noBrackets }
        bytes.removeFirst()
        guard let end = closingBracket(in: bytes) else { throw .noBrackets }
        let rest = bytes[bytes.index(after: end)...]
        guard rest.isEmpty || rest.first == UInt8(ascii: " ") else { throw .notAnAddress }
        var path = bytes[..<end]
        if path.first == UInt8(ascii: "@") {
            // A source route: read and forgotten, as RFC 5321 §4.1.1.3 advises.
            guard let colon = path.firstIndex(of: UInt8(ascii: ":")) else { throw .notAnAddress }
            path = path[path.index(after: colon)...]
            guard !path.isEmpty else { throw .notAnAddress }
        }
        guard path.count <= maxBytes else { throw .tooLong }
        guard path.isEmpty || isAddress(path) else { throw .notAnAddress }
        return MailPath(address: String(Substring(path)), rest: Substring(rest).utf8)
    }

    /// The first `>` that is not inside a quoted local part.
    private static func closingBracket(in bytes: Substring.UTF8View) -> Substring.UTF8View.Index? {
        var quoted = false
        var escaped = false
        for index in bytes.indices {
            let byte = bytes[index]
            if escaped {
                escaped = false
            } else if quoted, byte == UInt8(ascii: "\\") {
                escaped = true
            } else if byte == UInt8(ascii: "\"") {
                quoted.toggle()
            } else if !quoted, byte == UInt8(ascii: ">") {
                return index
            }
        }
        return nil
    }

    /// `local@domain`, or the bare word `postmaster` (RFC 5321 §4.5.1).
    private static func isAddress(_ path: Substring.UTF8View) -> Bool {
        guard let at = path.lastIndex(of: UInt8(ascii: "@")) else {
            return String(Substring(path)).lowercased() == "postmaster"
        }
        return isLocalPart(path[..<at]) && isDomain(path[path.index(after: at)...])
    }

    private static func isLocalPart(_ local: Substring.UTF8View) -> Bool {
        guard !local.isEmpty else { return false }
        if local.count >= 2, local.first == UInt8(ascii: "\""), local.last == UInt8(ascii: "\"") {
            return isQuotedContent(local.dropFirst().dropLast())
        }
        // Dots at odd places are against the RFC and in use; the application compares the whole address anyway.
        return local.allSatisfy { byte in
            switch byte {
            case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","),
                UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "]"),
                UInt8(ascii: "@"):
                return false
            default:
                return true
            }
        }
    }

    private static func isQuotedContent(_ content: Substring.UTF8View) -> Bool {
        var escaped = false
        for byte in content {
            guard byte >= 0x20, byte != 0x7F else { return false }
            if escaped {
                escaped = false
            } else if byte == UInt8(ascii: "\\") {
                escaped = true
            } else if byte == UInt8(ascii: "\"") {
                return false
            }
        }
        return !escaped
    }

    private static func isDomain(_ domain: Substring.UTF8View) -> Bool {
        guard !domain.isEmpty, domain.count <= 255 else { return false }
        let literal = domain.first == UInt8(ascii: "[")
        guard literal == (domain.last == UInt8(ascii: "]")) else { return false }
        let inner = literal ? domain.dropFirst().dropLast() : domain
        guard !inner.isEmpty else { return false }
        return inner.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), 0x80...:
                return true
            case UInt8(ascii: ":"):
                return literal
            default:
                return false
            }
        }
    }
}
