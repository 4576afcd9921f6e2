/// Does what was authenticated fit the author that people see, and what does the author's domain ask for where it does not? RFC 7489.
public struct CheckDMARC: Sendable {
    private let dns: any DNS
    /// 0..<100, by chance or by a hash of the mail: which of a hundred mails this one is (`pct=`).
    private let sample: Int

    public init(dns: any DNS, sample: Int = 0) {
        self.dns = dns
        self.sample = sample
    }

    /// - Parameters:
    ///   - authors: the domains of all addresses in `From`. Each has to be vouched for (§6.6.1).
    ///   - fromFields: how many `From` fields the mail has. More than one is what forgers send, and fails (§6.6.1, RFC 5322 §3.6).
    ///   - spf: nil where nobody knows who sent the mail.
    public func run(authors: [String], fromFields: Int, spf: SPFVerdict?, dkim: [DKIMVerdict]) async -> DMARCVerdict {
        run(authors: authors, fromFields: fromFields, spf: spf, dkim: dkim, policies: await policies(of: authors))
    }

    /// What the authors' domains ask for.
    func policies(of authors: [String]) async -> [String: Policy] {
        var found: [String: Policy] = [:]
        for domain in Self.asked(authors) where isDNSName(domain) { found[domain] = await policy(of: domain) }
        return found
    }

    /// Each costs questions; more authors than this have no honest mail.
    private static func asked(_ authors: [String]) -> [String] { Set(authors.prefix(5).map { asciiDomain($0) }).sorted() }

    func run(authors: [String], fromFields: Int, spf: SPFVerdict?, dkim: [DKIMVerdict], policies: [String: Policy]) -> DMARCVerdict {
        let domains = authors.map { asciiDomain($0) }
        if fromFields > 1 { return DMARCVerdict(spf == nil ? .notChecked : .failReject, domain: domains.first ?? "") }
        guard !domains.isEmpty else { return DMARCVerdict(spf == nil ? .notChecked : .noPolicy, domain: "") }
        var worst: DMARCVerdict?
        for domain in Self.asked(authors) {
            let verdict = run(domain, spf: spf, dkim: dkim, policies[domain] ?? .failed)
            let order = DMARCOutcome.bestFirst
            if let known = worst, let a = order.firstIndex(of: known.outcome), let b = order.firstIndex(of: verdict.outcome), a >= b {
                continue
            }
            worst = verdict
        }
        guard domains.count <= 5, let worst else {
            return DMARCVerdict(spf == nil ? .notChecked : .failReject, domain: domains.first ?? "")
        }
        return worst
    }

    private func run(_ domain: String, spf: SPFVerdict?, dkim: [DKIMVerdict], _ policy: Policy) -> DMARCVerdict {
        guard isDNSName(domain) else { return DMARCVerdict(.noPolicy, domain: domain) }
        // Without the sender's address only a signature can vouch; where none could, nothing is asked and nothing is said.
        if spf == nil && !dkim.contains(where: { $0.vouches && isAligned($0.domain, domain, strict: false) }) {
            return DMARCVerdict(.notChecked, domain: domain)
        }
        let found: (record: DMARCRecord, isAtDomain: Bool)?
        switch policy {
        case .failed: return DMARCVerdict(.temporaryError, domain: domain)
        case .nothing: found = nil
        case .found(let record, let isAtDomain): found = (record, isAtDomain)
        }
        let vouchedBy = voucher(for: domain, spf: spf, dkim: dkim, found?.record)
        guard let (record, isAtDomain) = found else { return DMARCVerdict(.noPolicy, domain: domain, vouchedBy: vouchedBy) }
        if let vouchedBy { return DMARCVerdict(.pass, domain: domain, vouchedBy: vouchedBy) }
        if spf == nil { return DMARCVerdict(.notChecked, domain: domain) }
        if mightYetPass(domain, spf: spf, dkim: dkim, record) { return DMARCVerdict(.temporaryError, domain: domain) }
        let wanted = isAtDomain ? record.policy : record.subdomainPolicy
        return DMARCVerdict(.failed(sample < record.percent ? wanted : wanted.nextLower), domain: domain)
    }

    // MARK: alignment (§3.1)

    private func isAligned(_ authenticated: String, _ author: String, strict: Bool) -> Bool {
        let authenticated = asciiDomain(authenticated)
        if authenticated.isEmpty { return false }
        return strict
            ? authenticated == author : OrganisationalDomain.of(authenticated) == OrganisationalDomain.of(author)
    }

    private func voucher(for author: String, spf: SPFVerdict?, dkim: [DKIMVerdict], _ record: DMARCRecord?) -> String? {
        if dkim.contains(where: { $0.vouches && isAligned($0.domain, author, strict: record?.strictDKIM ?? false) }) { return "DKIM" }
        if let spf, spf.result == .pass, isAligned(spf.domain, author, strict: record?.strictSPF ?? false) { return "SPF" }
        return nil
    }

    /// Whether the author could have been vouched for if DNS had answered.
    private func mightYetPass(_ author: String, spf: SPFVerdict?, dkim: [DKIMVerdict], _ record: DMARCRecord) -> Bool {
        dkim.contains { $0.result == .temporaryError && isAligned($0.domain, author, strict: record.strictDKIM) }
            || (spf?.result == .temporaryError && isAligned(spf?.domain ?? "", author, strict: record.strictSPF))
    }

    // MARK: finding the policy (§6.6.3)

    enum Policy: Sendable {
        case found(DMARCRecord, isAtDomain: Bool)
        case nothing, failed
    }

    /// The domain's own record, or that of the domain that was registered.
    private func policy(of domain: String) async -> Policy {
        let own = await policy(at: domain, isAtDomain: true)
        guard case .nothing = own else { return own }
        let organisation = OrganisationalDomain.of(domain)
        return organisation == domain ? .nothing : await policy(at: organisation, isAtDomain: false)
    }

    /// Several records are as good as none (§6.6.3).
    private func policy(at place: String, isAtDomain: Bool) async -> Policy {
        let answer = await dns.ask("_dmarc." + place, .txt)
        if answer == .failed { return .failed }
        let records = answer.texts.filter { DMARCRecord.isOne($0) }
        guard records.count == 1, let text = records.first, let record = DMARCRecord(text) else { return .nothing }
        return .found(record, isAtDomain: isAtDomain)
    }
}
