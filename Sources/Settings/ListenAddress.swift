import Foundation

/// Where a server listens: a host name or IP address and a port.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// Without the brackets that an IPv6 address is written in.
    public let host: String
    public let port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `127.0.0.1:3000`, `[::1]:2525`
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    static func parse(_ text: String) throws(Nonsense) -> ListenAddress {
        guard let colon = text.lastIndex(of: ":") else { throw Nonsense("is not an address") }
        let digits = text[text.index(after: colon)...]
        guard isDigits(digits) else { throw Nonsense("is not an address") }
        guard let port = Int(digits), (1...65535).contains(port) else {
            throw Nonsense("has no possible port", advice: "Write a port from 1 to 65535, for example 127.0.0.1:3000.")
        }
        var host = String(text[..<colon])
        if host.isEmpty || host == "*" {
            throw Nonsense("has no host", advice: "Write 0.0.0.0:\(port) for every interface or 127.0.0.1:\(port) for this machine alone.")
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard HostName.isIPv6(host) else { throw Nonsense("is not an address") }
        } else if host.contains(":") {
            throw Nonsense("is not an address", advice: "Write an IPv6 address in brackets, for example [::1]:\(port).")
        } else if !HostName.isIPv4(host), !HostName.isName(host) {
            throw Nonsense("is not an address")
        }
        return ListenAddress(host: host, port: port)
    }
}

/// Where mail is taken locally: an address, or the path of a unix socket.
public enum ListenSocket: Sendable, Hashable, CustomStringConvertible {
    case address(ListenAddress)
    case unix(path: String)

    public var description: String {
        switch self {
        case .address(let address): address.description
        case .unix(let path): path
        }
    }
}

extension ValueKind<ListenAddress> {
    static let listenAddress = ValueKind(
        name: "host:port", advice: "Write host:port, for example 127.0.0.1:3000.", parse: ListenAddress.parse)
}

extension ValueKind<[ListenAddress]> {
    /// At most 16 with commas between, each once; `off` is none.
    static let listenAddresses = ValueKind(
        name: "host:port, …; off", advice: "Write host:port, several with commas, or off; for example 127.0.0.1:2525,[::1]:2525."
    ) { text throws(Nonsense) in
        if text == "off" { return [] }
        var addresses: [ListenAddress] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let address = try ListenAddress.parse(part.trimmingCharacters(in: .whitespaces))
            if addresses.contains(address) { throw Nonsense("names \(address) twice", advice: "Write each address once.") }
            if addresses.count == 16 { throw Nonsense("has too many addresses", advice: "Write at most 16.") }
            addresses.append(address)
        }
        return addresses
    }
}

extension ValueKind<ListenSocket?> {
    /// A text with a slash is a path. The kernel takes 107 bytes of it (unix(7)).
    static let listenSocket = ValueKind(
        name: "host:port; path; off", advice: "Write host:port, the path of a unix socket such as /run/throughline/lmtp, or off."
    ) { text throws(Nonsense) in
        if text == "off" { return nil }
        guard text.contains("/") else { return .address(try ListenAddress.parse(text)) }
        if text.utf8.count > 107 { throw Nonsense("is too long for a unix socket", advice: "Write a path of at most 107 bytes.") }
        if text.hasSuffix("/") { throw Nonsense("is a folder", advice: "Write the path of the socket itself.") }
        return .unix(path: text)
    }
}
