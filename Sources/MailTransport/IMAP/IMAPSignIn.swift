import Foundation

/// Signing in: what is said in turn, each piece after the server asked for it.
struct IMAPSignIn: Sendable, Equatable {
    private var pieces: [String]

    /// The next piece, without its line end; nil where all is said. The first is the command.
    mutating func next() -> String? { pieces.isEmpty ? nil : pieces.removeFirst() }

    /// The first way that the server offers and that the credentials allow.
    static func choose(
        _ capabilities: Set<String>, user: String, _ credentials: IMAPMailbox.Credentials
    ) -> Result<IMAPSignIn, IMAPFailure> {
        func initial(_ mechanism: String, _ response: String, then: String) -> IMAPSignIn {
            let command = "AUTHENTICATE \(mechanism)"
            let encoded = Data(response.utf8).base64EncodedString()
            // RFC 4959: with the command, where the server knows that; else after its `+`.
            return IMAPSignIn(pieces: capabilities.contains("SASL-IR") ? ["\(command) \(encoded)", then] : [command, encoded, then])
        }
        switch credentials {
        case .token(let token):
            guard capabilities.contains("AUTH=XOAUTH2") else {
                return .failure(IMAPFailure(.signIn, "it takes no access tokens (XOAUTH2); use a password"))
            }
            // A refused token is told by a `+` with the reason, which is answered with nothing.
            return .success(initial("XOAUTH2", "user=\(user)\u{1}auth=Bearer \(token)\u{1}\u{1}", then: ""))
        case .password(let password):
            // RFC 4616. A server that asks on is told that we are through (`*`).
            if capabilities.contains("AUTH=PLAIN") { return .success(initial("PLAIN", "\0\(user)\0\(password)", then: "*")) }
            guard !capabilities.contains("LOGINDISABLED") else {
                return .failure(IMAPFailure(.signIn, "it takes no passwords; use an access token"))
            }
            return .success(login(capabilities, [user, password]))
        }
    }

    /// `LOGIN` (RFC 9051 §6.2.3): what cannot stand in quotes is a literal, sent at once where the server takes that (RFC 7888).
    private static func login(_ capabilities: Set<String>, _ words: [String]) -> IMAPSignIn {
        let atOnce = capabilities.contains("LITERAL+") || capabilities.contains("LITERAL-")
        var pieces = ["LOGIN"]
        for word in words {
            if isPlain(word) {
                pieces[pieces.count - 1] += " \(quoted(word))"
            } else if atOnce, word.utf8.count <= 4_096 {
                pieces[pieces.count - 1] += " {\(word.utf8.count)+}\r\n\(word)"
            } else {
                pieces[pieces.count - 1] += " {\(word.utf8.count)}"
                pieces.append(word)
            }
        }
        return IMAPSignIn(pieces: pieces)
    }

    private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

    /// A quoted string of printable ASCII.
    static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}

/// The names of folders (RFC 3501 §5.1.3).
enum ModifiedUTF7 {
    static func encode(_ name: String) -> String {
        var result = ""
        var rest: [UInt16] = []
        func flush() {
            guard !rest.isEmpty else { return }
            let bytes = rest.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            let base64 = Data(bytes).base64EncodedString().replacing("/", with: ",").prefix { $0 != "=" }
            result += "&\(base64)-"
            rest = []
        }
        for unit in name.utf16 {
            switch unit {
            case 0x26:
                flush()
                result += "&-"
            case 0x20...0x7E:
                flush()
                result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default: rest.append(unit)
            }
        }
        flush()
        return result
    }
}

/// `17-Jul-1996 02:44:25 -0700` (RFC 9051 §9, date-time).
enum IMAPDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Seconds since 1970; nil where it is no date.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 3, text.utf8.count < 40 else { return nil }
        let date = parts[0].split(separator: "-")
        let time = parts[1].split(separator: ":").compactMap { Int64($0) }
        guard date.count == 3, time.count == 3, let day = Int64(date[0]), let year = Int64(date[2]), (1970...9999).contains(year),
            let month = months.firstIndex(of: date[1].lowercased()), let zone = Int64(parts[2]), (-1400...1400).contains(zone),
            (1...31).contains(day), (0...24).contains(time[0]), (0...60).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        // Days since 1970 in the Gregorian calendar, years beginning in March.
        let shifted = month < 2 ? year - 1 : year
        let dayOfYear = (153 * Int64((month + 10) % 12) + 2) / 5 + day - 1
        let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        return ((days * 24 + time[0]) * 60 + time[1]) * 60 + time[2] - (zone / 100 * 60 + zone % 100) * 60
    }
}
