import MailTrust

/// Whether others will believe that our mail is ours: SPF, DKIM and DMARC of the probe, as a receiver sees them.
enum JudgeSenderRecords {
    /// - Parameters:
    ///   - report: the checks of the probe that came back; nil where none did.
    ///   - keys: for each signature (`selector._domainkey.domain`), what stands there; nil where DNS did not answer.
    static func faults(
        _ setup: MailSetup, _ dns: MailDNS, _ report: TrustReport?, client: IPAddress?, keys: [String: [String]], rows: [DNSRow]
    ) -> [CheckFault] {
        [spf(setup, dns, client: client, rows)].compactMap { $0 }
            + (report.map { dkim(setup, $0, keys, rows) } ?? [])
            + [dmarc(setup, dns, report, rows)].compactMap { $0 }
    }

    private static func spf(_ setup: MailSetup, _ dns: MailDNS, client: IPAddress?, _ rows: [DNSRow]) -> CheckFault? {
        guard let records = dns.spf else { return nil }
        let domain = setup.replyDomain ?? ""
        let row = rows.first { $0.type == .text && $0.name == domain }
        let write = "Write this row: TXT, \(domain), \(row?.value ?? "v=spf1 … ~all")."
        func fault(_ code: CheckFault.Code, _ words: String, _ advice: String) -> CheckFault {
            CheckFault(code, .warning, words, advice, record: row)
        }
        if records.isEmpty {
            return fault(.spfMissing, "\(domain) has no SPF record: receivers cannot know that the relay may send for it.", write)
        }
        if records.count > 1 {
            return fault(
                .spfSeveral, "\(domain) has \(records.count) SPF records; only one may stand there, so none counts.",
                "Put them together into one and remove the others. " + write)
        }
        if dns.spfVerdict.isTooLong {
            return fault(
                .spfTooLong, "The SPF record of \(domain) needs more than 10 look-ups, so it counts for nothing (RFC 7208 §4.6.4).",
                "Take out what no longer sends, or name addresses (ip4:) in the place of include:. " + write)
        }
        switch dns.spfVerdict.result {
        case .permanentError:
            return fault(.spfDamaged, "The SPF record of \(domain) cannot be used: \(dns.spfVerdict.problem ?? "it is damaged").", write)
        case .fail, .softfail, .neutral:
            guard let client else { return nil }
            return fault(
                .spfWithoutRelay, "The SPF record of \(domain) does not name \(client), from where the relay sends.",
                "Add the relay to it. " + write)
        case .pass, .none, .temporaryError: return nil
        }
    }

    private static func dkim(_ setup: MailSetup, _ report: TrustReport, _ keys: [String: [String]], _ rows: [DNSRow]) -> [CheckFault] {
        guard !report.dkim.isEmpty else {
            return [
                CheckFault(
                    .dkimUnsigned, .warning, "Nobody signed the probe (DKIM).",
                    "Switch DKIM signing for \(setup.fromDomain) on at the relay, or let this server sign (the inbox's DKIM setting).")
            ]
        }
        if report.dkim.contains(where: \.vouches) { return [] }
        return report.dkim.prefix(2).compactMap { verdict in
            let name = "\(verdict.selector)._domainkey.\(verdict.domain)"
            let row = rows.first { $0.name == name }
            let write = "Write this row: TXT, \(name), \(row?.value ?? "the key that the relay's page shows")."
            guard verdict.result != .temporaryError else { return nil }
            if keys[name]?.isEmpty ?? false {
                return CheckFault(.dkimKeyMissing, .warning, "The probe is signed, but there is no key at \(name).", write, record: row)
            }
            if verdict.problem?.contains("body") == true {
                return CheckFault(
                    .dkimBroken, .warning, "The probe was changed after it was signed for \(verdict.domain): \(verdict.problem ?? "").",
                    "Let nothing behind the signing server change mails: no footers, no rewriting.")
            }
            return CheckFault(
                .dkimKeyWrong, .warning,
                "The key at \(name) is not the one that the probe was signed with: \(verdict.problem ?? "it does not fit")",
                write, record: row)
        }
    }

    private static func dmarc(_ setup: MailSetup, _ dns: MailDNS, _ report: TrustReport?, _ rows: [DNSRow]) -> CheckFault? {
        guard let records = dns.dmarc else { return nil }
        let domain = setup.fromDomain
        if records.isEmpty {
            return CheckFault(
                .dmarcMissing, .warning, "\(domain) has no DMARC record: large providers trust its mail less.",
                "Write this row: TXT, _dmarc.\(domain), v=DMARC1; p=none.", record: rows.first { $0.name == dns.dmarcName })
        }
        guard let report, report.dmarc.vouchedBy == nil else { return nil }
        let vouching =
            report.dkim.filter(\.vouches).map { "DKIM for \($0.domain)" }
            + (report.spf?.result == .pass ? ["SPF for \(report.spf?.domain ?? "")"] : [])
        guard !vouching.isEmpty else { return nil }
        return CheckFault(
            .dmarcAlignment, .warning,
            "The mail says that it is from \(domain), and what vouches for it is \(vouching.joined(separator: " and ")): that does not belong together (DMARC alignment).",
            "Have the relay sign for \(domain), or use a reply domain below \(OrganisationalDomain.of(domain)).",
            setting: "mail.reply-domain")
    }
}
