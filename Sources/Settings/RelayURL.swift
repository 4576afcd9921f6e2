import Foundation

extension ValueKind<String> {
    /// Where mail goes out: `mailbox:`, `smtp://[user:password@]host[:port][?tls=opportunistic|none]` or `smtps://…`.
    static let relayURL = ValueKind(
        name: "URL",
        advice: "Write smtp://user:password@host:587, smtps://user:password@host:465, a provider (postmark://token@, mailgun://key@domain, "
            + "sendgrid://key@, ses://id:key@region), or mailbox: to keep mail here.",
        conceal: Concealed.url
    ) { text throws(Nonsense) in
        if text.lowercased() == "mailbox:" { return "mailbox:" }
        guard let (scheme, rest) = splitScheme(text) else { throw Nonsense("does not begin with smtp:// or smtps://") }
        if let provider = RelayProvider(rawValue: String(scheme)) {
            try provider.check(rest)
            return text
        }
        guard scheme == "smtp" || scheme == "smtps" else { throw Nonsense("does not begin with smtp:// or smtps://") }
        try checkSMTP(scheme: scheme, rest: rest)
        return text
    }

    private static func checkSMTP(scheme: String, rest: Substring) throws(Nonsense) {
        let encode = "Write special characters of user and password as %40 for @, %3A for :, %2F for /, %3F for ?, %23 for #."
        if rest.contains("#") || rest.contains(where: { $0.isWhitespace || !$0.isASCII }) {
            throw Nonsense("holds a character that a URL has not", advice: encode)
        }
        let halves = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var authority = halves[0]
        if authority.hasSuffix("/") { authority.removeLast() }
        if authority.contains("/") { throw Nonsense("has a path", advice: "Write nothing behind the host. \(encode)") }

        if let at = authority.lastIndex(of: "@") {
            let pieces = authority[..<at].split(separator: ":", omittingEmptySubsequences: false)
            guard pieces.count == 2, pieces.allSatisfy(isEncoded) else {
                throw Nonsense("needs a user and a password before the @", advice: encode)
            }
            authority = authority[authority.index(after: at)...]
        }
        guard HostAndPort.parse(authority) != nil else { throw Nonsense("has no possible host") }

        guard halves.count == 2 else { return }
        for option in halves[1].split(separator: "&", omittingEmptySubsequences: false) {
            switch option {
            case "auth=plain", "auth=login", "auth=cram-md5", "auth=xoauth2": continue
            case "tls=opportunistic", "tls=none":
                if scheme == "smtps" { throw Nonsense("has an option of smtp://", advice: "Leave tls= out: smtps is always encrypted.") }
            default:
                throw Nonsense(
                    "has an option that is not known",
                    advice: "Write ?tls=opportunistic, ?tls=none, ?auth=plain, login, cram-md5 or xoauth2, or nothing.")
            }
        }
    }

    /// Not empty, no raw `@`, and every `%` begins an octet (RFC 3986 §2.1).
    private static func isEncoded(_ text: Substring) -> Bool {
        !text.isEmpty && !text.contains("@") && String(text).removingPercentEncoding != nil
    }
}

/// Texts as they may be shown.
enum Concealed {
    /// A URL without user and password: with some providers the user is as secret as the password. What cannot be told apart with
    /// certainty is left out as well, since a URL that is written wrongly may have its password anywhere.
    @Sendable static func url(_ text: String) -> String {
        if text.lowercased() == "mailbox:" { return text }
        guard let (scheme, rest) = splitScheme(text) else { return text.isEmpty ? "" : "…" }
        let at = rest.lastIndex(of: "@")
        let place = at.map { rest[rest.index(after: $0)...] } ?? rest
        let path = place.prefix { $0 != "?" }
        let host = path.prefix { $0 != "/" }
        let query = place.dropFirst(path.count)
        let shownPlace = HostAndPort.parse(host) == nil ? "…" : path
        let shownQuery = query.isEmpty || ["?tls=opportunistic", "?tls=none"].contains(query) ? query : "?…"
        return "\(scheme)://\(at == nil ? "" : "…@")\(shownPlace)\(shownQuery)"
    }
}
