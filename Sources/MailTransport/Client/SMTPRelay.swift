import Foundation

/// The server that our mail goes out through: `smtp://user:password@host:587`, `smtps://user:password@host`.
public struct SMTPRelay: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public enum Encryption: String, Sendable, Hashable {
        /// TLS from the first byte (`smtps://`, RFC 8314).
        case implicit
        /// STARTTLS, or the relay is not used (`smtp://`).
        case required
        /// STARTTLS where the relay offers it, whatever its certificate (`?tls=opportunistic`). A password is only ever said encrypted.
        case opportunistic
        /// Never (`?tls=none`): for a relay on the same machine or network. A password goes in the clear.
        case none
    }

    public struct Credentials: Sendable, Hashable {
        public var user: String
        public var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// How a user signs in; the names are those of RFC 4954's registry.
    public enum SignIn: String, Sendable, Hashable, CaseIterable {
        /// RFC 4616.
        case plain = "PLAIN"
        /// Not in an RFC, and what some servers offer alone.
        case login = "LOGIN"
        /// RFC 2195: the password is not said.
        case cramMD5 = "CRAM-MD5"
        /// A token in the place of the password, as Google and Microsoft want it; only where the address says so (`?auth=xoauth2`).
        case xoauth2 = "XOAUTH2"
    }

    /// A host name or an IP address, without brackets.
    public var host: String
    public var port: Int
    public var encryption: Encryption
    public var credentials: Credentials?
    /// The one way to sign in; nil: the best that both know.
    public var signIn: SignIn?

    public init(
        host: String, port: Int, encryption: Encryption = .required, credentials: Credentials? = nil, signIn: SignIn? = nil
    ) {
        self.signIn = signIn
        self.host = host
        self.port = port
        self.encryption = encryption
        self.credentials = credentials
    }

    /// Reads the URL. Without a port: 587 for `smtp` (RFC 6409), 465 for `smtps` (RFC 8314). User and password are
    /// percent-encoded, as everywhere in URLs (`@` is `%40`).
    /// - Throws: `MailTransportError.relayURL` with a sentence that never contains the password.
    public init(url text: String) throws(MailTransportError) {
        guard let components = URLComponents(string: text) else {
            throw .relayURL(reason: "it is not a URL (special characters in the password are written as %40 and the like)")
        }
        let implicit: Bool
        switch components.scheme?.lowercased() {
        case "smtp": implicit = false
        case "smtps": implicit = true
        default: throw .relayURL(reason: "it has to begin with smtp:// or smtps://")
        }
        let host = (components.host ?? "").trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        guard !host.isEmpty else { throw .relayURL(reason: "the host name is missing") }
        let port = components.port ?? (implicit ? 465 : 587)
        guard (1...65_535).contains(port) else { throw .relayURL(reason: "\(port) is no port") }
        guard components.path.isEmpty || components.path == "/", components.fragment == nil else {
            throw .relayURL(reason: "there is something behind the host and port")
        }
        var encryption: Encryption = implicit ? .implicit : .required
        var signIn: SignIn?
        for item in components.queryItems ?? [] {
            switch (item.name, item.value) {
            case ("auth", let name?) where SignIn(rawValue: name.uppercased()) != nil: signIn = SignIn(rawValue: name.uppercased())
            case ("auth", _): throw .relayURL(reason: "auth= is plain, login, cram-md5 or xoauth2")
            case ("tls", "required") where !implicit: encryption = .required
            case ("tls", "opportunistic") where !implicit: encryption = .opportunistic
            case ("tls", "none") where !implicit: encryption = .none
            case ("tls", _) where implicit: throw .relayURL(reason: "smtps:// is always encrypted; tls= goes with smtp://")
            case ("tls", _): throw .relayURL(reason: "tls= is required, opportunistic or none")
            default: throw .relayURL(reason: "the setting \(item.name) is not known; there are tls= and auth=")
            }
        }
        var credentials: Credentials?
        if let user = components.user, !user.isEmpty {
            guard let password = components.password, !password.isEmpty else { throw .relayURL(reason: "the password is missing") }
            guard !user.utf8.contains(0), !password.utf8.contains(0) else { throw .relayURL(reason: "a NUL character cannot be used") }
            credentials = Credentials(user: user, password: password)
        }
        self.init(host: host, port: port, encryption: encryption, credentials: credentials, signIn: signIn)
    }

    /// Without the password, for logs.
    public var description: String {
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        return "\(encryption == .implicit ? "smtps" : "smtp")://\(credentials == nil ? "" : "…@")\(place)"
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}

extension SMTPRelay.Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(hidden)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
