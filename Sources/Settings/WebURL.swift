extension ValueKind<String> {
    /// `http://` or `https://`, a host and perhaps a port; the result has no slash at the end.
    static let webURL = ValueKind(name: "URL", advice: "Write the address that browsers use, for example https://chat.example.com.") {
        text throws(Nonsense) in
        guard let (scheme, rest) = splitScheme(text), scheme == "http" || scheme == "https" else {
            throw Nonsense("does not begin with http:// or https://")
        }
        let authority = rest.hasSuffix("/") ? rest.dropLast() : rest
        if authority.contains(where: { "/?#".contains($0) }) {
            throw Nonsense("has a path", advice: "Write scheme and host alone: Throughline is served at the root of its host.")
        }
        if authority.contains("@") { throw Nonsense("has a user name", advice: "Write scheme and host alone.") }
        guard HostAndPort.parse(authority) != nil else { throw Nonsense("has no possible host") }
        return "\(scheme)://\(authority.lowercased())"
    }

    /// `postgres://user:password@host:port/database`. What is behind the host is PostgreSQL’s own business.
    static let databaseURL = ValueKind(
        name: "URL", advice: "Write postgres://user:password@host/database, or nothing for SQLite in the data directory.",
        conceal: Concealed.url
    ) { text throws(Nonsense) in
        guard let (scheme, rest) = splitScheme(text), scheme == "postgres" || scheme == "postgresql" else {
            throw Nonsense("does not begin with postgres://")
        }
        if rest.contains(where: \.isWhitespace) { throw Nonsense("holds a space") }
        guard let database = rest.split(separator: "?", maxSplits: 1).first?.split(separator: "/", maxSplits: 1), database.count == 2 else {
            throw Nonsense("names no database")
        }
        return text
    }
}

/// A host with perhaps a port, as it stands in a URL.
struct HostAndPort {
    let host: String
    let port: Int?

    /// nil where the host is no name and no address, or the port is not from 1 to 65535.
    static func parse(_ text: some StringProtocol) -> HostAndPort? {
        var host = String(text)
        var port: Int?
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
            let digits = host[host.index(after: colon)...]
            guard isDigits(digits), let number = Int(digits), (1...65535).contains(number) else { return nil }
            port = number
            host = String(host[..<colon])
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            guard HostName.isIPv6(String(host.dropFirst().dropLast())) else { return nil }
        } else if !HostName.isIPv4(host), !HostName.isName(host) {
            return nil
        }
        return HostAndPort(host: host, port: port)
    }
}

/// The scheme in small letters and what follows `://`; nil without one.
func splitScheme(_ text: String) -> (scheme: String, rest: Substring)? {
    guard let range = text.firstRange(of: "://") else { return nil }
    return (text[..<range.lowerBound].lowercased(), text[range.upperBound...])
}
