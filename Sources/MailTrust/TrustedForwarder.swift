/// A server that forwards mail to an inbox and is believed when it says that it checked the sender.
public struct TrustedForwarder: Sendable, Hashable, Codable {
    /// The name that it writes in `Authentication-Results`, and the domain that it seals with (ARC); small letters.
    public var name: String
    /// Where it sends from. Without one, only its seals count: anybody could write its name.
    public var networks: [Network]

    public struct Network: Sendable, Hashable, Codable {
        /// As `192.0.2.0/24`, `2001:db8::/32` or an address alone.
        public var text: String

        /// - Returns: nil where the text is no network.
        public init?(_ text: String) {
            guard Self.read(text) != nil else { return nil }
            self.text = text
        }

        func contains(_ address: IPAddress) -> Bool {
            guard let (network, length) = Self.read(text) else { return false }
            return address.unmapped.isIn(network, prefix: length)
        }

        private static func read(_ text: String) -> (IPAddress, Int)? {
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
            guard parts.count == 2 else { return (address, address.bytes.count * 8) }
            guard 1...3 ~= parts[1].utf8.count, parts[1].utf8.allSatisfy(isDigit), let length = Int(parts[1]),
                length <= address.bytes.count * 8
            else { return nil }
            return (address, length)
        }
    }

    public init(name: String, networks: [Network] = []) {
        self.name = name.domainKey
        self.networks = networks
    }

    /// Reads one line: the name, then the networks, with blanks between.
    /// - Returns: nil where the name is no domain or a network is none.
    public init?(line: String) {
        let words = line.split(separator: " ").map { String($0) }
        guard let name = words.first, isDNSName(name), IPAddress(name) == nil else { return nil }
        let networks = words.dropFirst().map { Network($0) }
        guard networks.count <= 50, !networks.contains(nil) else { return nil }
        self.init(name: name, networks: networks.compactMap { $0 })
    }
}
