/// Which DNS resolver is asked.
public enum Resolver: Sendable, Hashable {
    case system
    /// None: nothing is checked that needs DNS.
    case off
    /// An IP address, without the brackets that an IPv6 address is written in.
    case address(String, port: Int)
}

extension ValueKind<Resolver> {
    /// `system`, `off`, or an IP address, with a port where that is not 53.
    static let resolver = ValueKind(
        name: "IP address; system; off", advice: "Write an IP address such as 127.0.0.1 or 127.0.0.1:5353, system, or off."
    ) { text throws(Nonsense) in
        if text == "system" { return .system }
        if text == "off" { return .off }
        if HostName.isIPv4(text) || HostName.isIPv6(text) { return .address(text, port: 53) }
        let address = try ListenAddress.parse(text)
        guard HostName.isIPv4(address.host) || HostName.isIPv6(address.host) else { throw Nonsense("is not an IP address") }
        return .address(address.host, port: address.port)
    }
}
