/// What a domain asks for (RFC 7489 §6.3).
public enum DMARCPolicy: String, Sendable, Codable, Hashable, CaseIterable {
    case none, quarantine, reject

    /// What applies to the mails outside of `pct` (§6.6.4).
    var nextLower: DMARCPolicy { self == .reject ? .quarantine : .none }
}

/// A DMARC record. What is wrong in it takes its default (§6.3); only a policy that cannot be read spoils it.
struct DMARCRecord: Sendable, Hashable {
    var policy: DMARCPolicy
    /// For sub-domains of the domain that the record stands at.
    var subdomainPolicy: DMARCPolicy
    var strictDKIM: Bool
    var strictSPF: Bool
    /// 0...100: to how many mails in a hundred the policy applies.
    var percent: Int

    /// Whether a TXT record claims to be a DMARC record: its first tag is `v=DMARC1` (§6.6.3).
    static func isOne(_ text: [UInt8]) -> Bool {
        guard let first = tags(text).first else { return false }
        return first.name == "v" && first.value == "DMARC1"
    }

    /// - Returns: nil where the policy cannot be read and the owner wants no reports either (§6.6.3).
    init?(_ text: [UInt8]) {
        let values = Dictionary(Self.tags(text).map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let policy = values["p"].flatMap { DMARCPolicy(rawValue: $0.lowercased()) }
        let subdomainPolicy = values["sp"].map { DMARCPolicy(rawValue: $0.lowercased()) }
        if let policy, subdomainPolicy != .some(nil) {
            self.policy = policy
            self.subdomainPolicy = (subdomainPolicy ?? nil) ?? policy
        } else {
            guard values["rua"]?.lowercased().contains("mailto:") == true else { return nil }
            self.policy = .none
            self.subdomainPolicy = .none
        }
        strictDKIM = values["adkim"]?.lowercased() == "s"
        strictSPF = values["aspf"]?.lowercased() == "s"
        percent = values["pct"].flatMap { $0.utf8.allSatisfy(isDigit) ? Int($0) : nil }.flatMap { 0...100 ~= $0 ? $0 : nil } ?? 100
    }

    private static func tags(_ text: [UInt8]) -> [(name: String, value: String)] {
        text.prefix(8192).split(separator: UInt8(ascii: ";")).prefix(TagList.mostTags).compactMap { part in
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            return (
                String(decoding: part[..<equals].trimmed(), as: UTF8.self),
                String(decoding: part[(equals + 1)...].trimmed(), as: UTF8.self)
            )
        }
    }
}
