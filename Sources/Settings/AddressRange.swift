import Foundation

extension ValueKind<[String]> {
    /// IP addresses and networks in CIDR notation, at most 64 with commas between; `none` is none.
    static let addressRanges = ValueKind(
        name: "IP address, network, …; none",
        advice: "Write IP addresses or networks, several with commas, or none; for example 10.0.0.0/8,::1."
    ) { text throws(Nonsense) in
        if text == "none" { return [] }
        var ranges: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let range = part.trimmingCharacters(in: .whitespaces)
            guard isAddressRange(range) else { throw Nonsense("is no IP address or network") }
            if ranges.count == 64 { throw Nonsense("has too many addresses", advice: "Write at most 64, or networks.") }
            ranges.append(range)
        }
        return ranges
    }

    private static func isAddressRange(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let address = parts.first, parts.count <= 2 else { return false }
        let isIPv6 = HostName.isIPv6(address)
        guard isIPv6 || HostName.isIPv4(address) else { return false }
        guard parts.count == 2 else { return true }
        return isDigits(parts[1]) && Int(parts[1]).map { $0 <= (isIPv6 ? 128 : 32) } ?? false
    }
}
