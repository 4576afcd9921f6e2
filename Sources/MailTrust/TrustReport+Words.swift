extension TrustReport {
    /// What was found, as a sentence or two for agents. Holds domains, and nothing that the mail's author could have worded.
    public var sentence: String {
        let domain = dmarc.domain.isEmpty ? "the sender's domain" : dmarc.domain
        if let forwarder { return "\(forwarder), which this inbox trusts, forwarded the mail and vouches for \(domain)." }
        if let voucher = dmarc.vouchedBy { return "\(voucher) confirms that the mail is from \(domain)." }
        switch dmarc.outcome {
        case .pass: return "The mail is from \(domain)."
        case .notChecked: return "Not checked: the mail came by a way that does not show who sent it."
        case .temporaryError: return "Not checked: DNS did not answer for \(domain)."
        case .noPolicy: return "Nothing confirms that the mail is from \(domain), which has no rule for that (DMARC). \(details)"
        case .failNone: return "Nothing confirms that the mail is from \(domain). \(details)"
        case .failQuarantine: return "Nothing confirms that the mail is from \(domain), which asks to be wary of such mail. \(details)"
        case .failReject: return "Nothing confirms that the mail is from \(domain), which asks to reject such mail. \(details)"
        }
    }

    /// What SPF and DKIM found, for those who want to mend it.
    public var details: String {
        var parts: [String] = []
        if let spf {
            let about = spf.domain.isEmpty ? "" : " for \(spf.domain)"
            parts.append("SPF\(about): \(Self.word(spf.result))\(spf.problem.map { " (\($0))" } ?? "").")
        }
        if dkim.isEmpty { parts.append("No DKIM signature.") }
        for verdict in dkim.prefix(3) {
            let about = verdict.domain.isEmpty ? "" : " of \(verdict.domain)"
            let problem = verdict.problem.map { " (\($0))" } ?? (verdict.testing ? " (the domain is only testing)" : "")
            parts.append("DKIM\(about): \(verdict.result.rawValue)\(problem).")
        }
        return parts.joined(separator: " ")
    }

    private static func word(_ result: SPFResult) -> String {
        switch result {
        case .none: "no record"
        case .neutral: "says neither yes nor no"
        case .pass: "pass"
        case .fail: "fail"
        case .softfail: "probably not from there"
        case .temporaryError: "DNS did not answer"
        case .permanentError: "the record is damaged"
        }
    }
}
