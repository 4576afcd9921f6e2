import MailTrust

/// What DNS says of one inbox's mail. nil is everywhere: it did not answer.
struct MailDNS: Sendable {
    struct Exchanger: Sendable, Hashable {
        var preference: UInt16
        var host: String
        var addresses: [IPAddress]?
        /// The name that the host is another name for, which RFC 5321 §5.1 forbids.
        var alias: String?
    }

    /// Of the reply domain, by preference.
    var exchangers: [Exchanger]?
    /// Of the reply domain itself: where it has no MX, mail goes there (RFC 5321 §5.1).
    var domainAddresses: [IPAddress]?
    /// Of our own host name.
    var ownAddresses: [IPAddress]?
    /// The SPF records of the reply domain, which is the envelope's.
    var spf: [String]?
    /// What SPF says of whoever handed the probe over; where nobody knows, of a stranger.
    var spfVerdict: SPFVerdict
    /// The DMARC records of the sender's domain, or of the organisation above it.
    var dmarc: [String]?
    /// Where they stand.
    var dmarcName: String

    /// Whether mail to the reply domain is brought to us, as far as DNS can tell.
    func leadsHere(_ setup: MailSetup) -> Bool {
        (exchangers ?? []).contains { exchanger in
            exchanger.alias == nil
                && (exchanger.host == setup.hostname.lowercased()
                    || !Set(exchanger.addresses ?? []).isDisjoint(with: ownAddresses ?? []))
        }
    }
}

/// Asks DNS for all of it.
struct LookUpMailDNS: Sendable {
    let dns: any DNS

    /// Nobody sends from here (RFC 5737): SPF then runs through the whole record.
    private static let stranger = "203.0.113.255"

    /// - Parameter client: who handed our mail to the world.
    func run(_ setup: MailSetup, client: IPAddress?) async -> MailDNS {
        let domain = setup.replyDomain ?? ""
        async let exchangers = self.exchangers(of: domain)
        async let domainAddresses = addresses(of: domain)
        async let own = addresses(of: setup.hostname)
        async let texts = self.texts(domain)
        async let dmarc = policy(of: setup.fromDomain)
        var verdict = SPFVerdict(.none, domain: domain)
        if let address = client ?? IPAddress(Self.stranger) {
            verdict = await CheckSPF(dns: dns, receiver: setup.hostname)
                .run(client: address, helo: setup.hostname, sender: "bounce@\(domain)")
        }
        let (records, name) = await dmarc
        return MailDNS(
            exchangers: await exchangers, domainAddresses: await domainAddresses, ownAddresses: await own,
            spf: await texts?.filter { $0.lowercased() == "v=spf1" || $0.lowercased().hasPrefix("v=spf1 ") }.sorted(), spfVerdict: verdict,
            dmarc: records, dmarcName: name)
    }

    private func exchangers(of domain: String) async -> [MailDNS.Exchanger]? {
        switch await dns.ask(domain, .mx) {
        case .failed: return nil
        case .nothing: return []
        case .records(let records):
            var found: [MailDNS.Exchanger] = []
            for case .mailExchanger(let preference, let host) in records.prefix(10) {
                let alias: String? =
                    if case .records(let names) = await dns.ask(host, .cname), case .name(let name)? = names.first {
                        name.lowercased()
                    } else { nil }
                found.append(
                    .init(
                        preference: preference, host: host.lowercased(), addresses: host.isEmpty ? [] : await addresses(of: host),
                        alias: alias))
            }
            return found.sorted { $0.preference < $1.preference }
        }
    }

    private func addresses(of host: String) async -> [IPAddress]? {
        async let four = dns.ask(host, .a)
        async let six = dns.ask(host, .aaaa)
        let answers = [await four, await six]
        if answers.allSatisfy({ $0 == .failed }) { return nil }
        return answers.flatMap { answer -> [IPAddress] in
            guard case .records(let records) = answer else { return [] }
            return records.prefix(10).compactMap { if case .address(let address) = $0 { address } else { nil } }
        }
    }

    /// The TXT records at a name.
    func texts(_ name: String) async -> [String]? {
        switch await dns.ask(name, .txt) {
        case .failed: nil
        case .nothing: []
        case .records(let records):
            records.prefix(100).compactMap { if case .text(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil } }
        }
    }

    /// RFC 7489 §6.6.3: at the domain, else at the organisation's.
    private func policy(of domain: String) async -> ([String]?, String) {
        let name = "_dmarc.\(domain)"
        guard let own = await texts(name)?.filter({ $0.hasPrefix("v=DMARC1") }) else { return (nil, name) }
        let organisation = OrganisationalDomain.of(domain)
        guard own.isEmpty, organisation != domain else { return (own, name) }
        guard let above = await texts("_dmarc.\(organisation)")?.filter({ $0.hasPrefix("v=DMARC1") }) else { return (nil, name) }
        return above.isEmpty ? ([], name) : (above, "_dmarc.\(organisation)")
    }
}
