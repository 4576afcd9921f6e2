import CPSL

/// The domain that somebody registered, by the public suffix list of libpsl (RFC 7489 §3.2).
public enum OrganisationalDomain {
    /// Where the newest list that the system has stands in memory; read once and never changed or freed.
    private static let address = Int(bitPattern: psl_latest(nil) ?? psl_builtin())

    /// - Parameter domain: in ASCII.
    /// - Returns: `example.co.uk` for `mail.example.co.uk`; the domain itself where it is a public suffix.
    public static func of(_ domain: String) -> String {
        let key = domain.domainKey
        guard let list = OpaquePointer(bitPattern: address), isDNSName(key) else { return key }
        return key.withCString { text in psl_registrable_domain(list, text).map { String(cString: $0) } } ?? key
    }
}
