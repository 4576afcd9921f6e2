import MailTransport
import MailTrust

/// Why a probe that the relay took has not come back: the first link that is seen to be broken.
enum JudgeWayBack {
    /// What the world finds at our port: nil where nobody looked.
    struct Port: Sendable {
        var host: String
        var port: Int
        var answer: ReadGreeting.Answer
    }

    /// - Parameters:
    ///   - rows: as they are to be written.
    ///   - relaySaid: the relay's own words when it took the probe.
    static func fault(_ setup: MailSetup, _ dns: MailDNS?, _ ports: [Port], rows: [DNSRow], relaySaid: String, waited: String) -> CheckFault
    {
        if case .receiver = setup.wayIn {
            if let dns, let broken = exchangers(setup, dns, rows) { return broken }
            if let broken = port(setup, ports) { return broken }
        }
        return CheckFault(
            .swallowed,
            "The relay took the probe (\(relaySaid)), and within \(waited) nothing came back. DNS and the way to this machine look right.",
            "Look into the relay's log for what became of it: a queue, a spam filter, or a rule that drops it.")
    }

    /// Whether DNS itself says that no server can know where the mail goes: then nobody has to wait for long.
    static func isHopeless(_ setup: MailSetup, _ dns: MailDNS?) -> Bool {
        guard case .receiver = setup.wayIn, let dns, let fault = exchangers(setup, dns, []) else { return false }
        return [.mxMissing, .mxNone, .mxUnresolvable].contains(fault.code)
    }

    private static func exchangers(_ setup: MailSetup, _ dns: MailDNS, _ rows: [DNSRow]) -> CheckFault? {
        let domain = setup.replyDomain ?? ""
        let row = rows.first { $0.type == .mailExchanger }
        let write = "Write this row where \(domain) is managed: MX, \(domain), 10 \(setup.hostname)."
        guard let exchangers = dns.exchangers else {
            return CheckFault(
                .dnsSilent, "DNS did not answer for \(domain).",
                "See whether this machine can ask its resolver, and whether the domain's name servers answer.",
                setting: "mail.dns")
        }
        guard let first = exchangers.first else {
            let addresses = dns.domainAddresses ?? []
            if !addresses.isEmpty, !Set(addresses).isDisjoint(with: dns.ownAddresses ?? []) { return nil }
            return CheckFault(.mxMissing, "\(domain) has no MX row, so nobody knows where its mail goes.", write, record: row)
        }
        if exchangers.count == 1, first.host.isEmpty {
            return CheckFault(.mxNone, "The MX row of \(domain) says that it takes no mail (RFC 7505).", write, record: row)
        }
        if let alias = exchangers.first(where: { $0.alias != nil }), !dns.leadsHere(setup) {
            return CheckFault(
                .mxAlias,
                "The MX row of \(domain) names \(alias.host), which is an alias (CNAME) of \(alias.alias ?? "another name"): many servers refuse that.",
                "Name the host itself. " + write, record: row)
        }
        if exchangers.allSatisfy({ $0.addresses == [] }) {
            return CheckFault(
                .mxUnresolvable, "The MX row of \(domain) names \(first.host), which has no address.",
                "Give \(first.host) an A row with the public address of this machine, or correct the name.",
                record: rows.first { $0.type == .address && $0.name == first.host } ?? row)
        }
        if !dns.leadsHere(setup) {
            return CheckFault(
                .mxElsewhere,
                "Mail to \(domain) is sent to \(exchangers.map(\.host).joined(separator: ", ")), and this server is \(setup.hostname).",
                write + " If that server is to stay, have it hand mail for \(domain) on to this one.", record: row)
        }
        return nil
    }

    private static func port(_ setup: MailSetup, _ ports: [Port]) -> CheckFault? {
        guard let first = ports.first else { return nil }
        let listening = setup.receivers.joined(separator: ", ")
        if ports.allSatisfy({ $0.answer == .refused || $0.answer == .silent }) {
            let how = first.answer == .refused ? "nobody listens" : "nobody answers"
            return CheckFault(
                .portClosed, "At \(first.host), port \(first.port), where other servers bring mail to, \(how).",
                "This server listens at \(listening). Let it listen at 0.0.0.0:\(first.port), or have port \(first.port) forwarded to it, and open the firewall.",
                setting: "smtp.listen")
        }
        let names = ports.compactMap { port in if case .greeting(let line) = port.answer { line } else { nil } }
        if let other = names.first, !names.contains(where: { $0.lowercased().contains(setup.hostname.lowercased()) }) {
            return CheckFault(
                .portOther,
                "At \(first.host), port \(first.port), another server answers: “\(other.prefix(120))”. This one calls itself \(setup.hostname).",
                "Have that server hand mail for \(setup.replyDomain ?? "the reply domain") on to this one (\(listening)), or let this one listen there.",
                setting: "smtp.listen")
        }
        return nil
    }
}
