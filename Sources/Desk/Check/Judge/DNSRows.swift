import MailTrust

/// The rows that an inbox's mail needs in DNS, and what stands there now.
enum DNSRows {
    /// A signature that the probe had, or that we make.
    struct Signature: Sendable, Hashable {
        /// `selector._domainkey.domain`.
        var name: String
        /// The record, where we know it.
        var value: String?
        /// What stands there; nil where DNS did not answer.
        var found: [String]?
        var isGood: Bool
    }

    /// - Parameters:
    ///   - client: from where the relay sends, where that is known.
    ///   - relay: its host name.
    ///   - cameBack: mail has come back, so its way in is right, whatever DNS looks like from here.
    static func all(
        _ setup: MailSetup, _ dns: MailDNS?, client: IPAddress?, relay: String?, signatures: [Signature], cameBack: Bool
    ) -> [DNSRow] {
        guard let domain = setup.replyDomain, setup.from != nil else { return [] }
        var rows: [DNSRow] = []
        if case .receiver = setup.wayIn {
            let exchangers = dns?.exchangers?.map { $0.host.isEmpty ? "0 ." : "\($0.preference) \($0.host)" }
            rows.append(
                DNSRow(
                    type: .mailExchanger, name: domain, value: "10 \(setup.hostname)",
                    why: "Answers to your mails are sent to this server.",
                    state: state(exchangers, isGood: cameBack || dns?.leadsHere(setup) ?? false), found: exchangers ?? []))
            let addresses = dns?.ownAddresses?.map(\.description)
            rows.append(
                DNSRow(
                    type: .address, name: setup.hostname, value: nil,
                    why: "The name in the row above needs the public address of this server.",
                    state: state(addresses, isGood: true), found: addresses ?? []))
        }
        let isGoodSPF = dns.map { $0.spf?.count == 1 && !$0.spfVerdict.isTooLong && isNamed($0.spfVerdict, client) } ?? false
        rows.append(
            DNSRow(
                type: .text, name: domain, value: spf(dns?.spf ?? [], client: client, relay: relay),
                why: "The relay may send for this domain (SPF)."
                    + (client == nil ? " If your relay's provider names an include: for SPF, write that in the place of a:." : ""),
                state: state(dns?.spf, isGood: isGoodSPF), found: dns?.spf ?? []))
        for signature in signatures {
            rows.append(
                DNSRow(
                    type: .text, name: signature.name, value: signature.value,
                    why: "With this key receivers see that a mail is yours (DKIM)."
                        + (signature.value == nil ? " The value stands on the relay's page." : ""),
                    state: state(signature.found, isGood: signature.isGood), found: signature.found ?? []))
        }
        rows.append(
            DNSRow(
                type: .text,
                name: dns.map { $0.dmarc?.isEmpty ?? true ? "_dmarc.\(setup.fromDomain)" : $0.dmarcName } ?? "_dmarc.\(setup.fromDomain)",
                value: dns?.dmarc?.first ?? "v=DMARC1; p=none",
                why: "Receivers know what to do with mail that only claims to be yours (DMARC).",
                state: state(dns?.dmarc, isGood: dns?.dmarc?.count == 1), found: dns?.dmarc ?? []))
        return rows
    }

    /// The one record that has what stands there, and the relay.
    static func spf(_ found: [String], client: IPAddress?, relay: String?) -> String {
        let ours = client.map { "\($0.isIPv4 ? "ip4" : "ip6"):\($0)" } ?? relay.map { "a:\($0)" } ?? "mx"
        var terms: [String] = []
        var end = "~all"
        for record in found {
            for term in record.split(separator: " ").dropFirst().map({ String($0) }) {
                if term.lowercased().hasSuffix("all"), term.count <= 4 {
                    end = term
                } else if term.lowercased().hasPrefix("redirect=") {
                    terms.append("include:" + term.dropFirst("redirect=".count))
                } else if !terms.contains(term) {
                    terms.append(term)
                }
            }
        }
        // A record with more terms than may be looked up is not made longer.
        let lookUps = terms.filter { !$0.hasPrefix("ip4:") && !$0.hasPrefix("ip6:") && !$0.contains("=") }.count
        if lookUps > 10 { terms = terms.filter { $0.hasPrefix("ip4:") || $0.hasPrefix("ip6:") } }
        if !terms.contains(ours) { terms.append(ours) }
        return (["v=spf1"] + terms + [end]).joined(separator: " ")
    }

    private static func isNamed(_ verdict: SPFVerdict, _ client: IPAddress?) -> Bool {
        verdict.result == .pass || (client == nil && verdict.result != .permanentError)
    }

    private static func state(_ found: [String]?, isGood: Bool) -> DNSRow.State {
        guard let found else { return .unknown }
        return found.isEmpty ? .missing : isGood ? .found : .different
    }
}
