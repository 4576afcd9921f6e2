import Foundation

/// What the checks of one mail found.
public struct TrustReport: Sendable, Hashable {
    /// nil where nobody knows who sent the mail.
    public var spf: SPFVerdict?
    public var dkim: [DKIMVerdict]
    public var dmarc: DMARCVerdict
    /// nil where the mail has no seals, or the inbox trusts no forwarder.
    public var arc: ARCVerdict?
    /// The trusted forwarder on whose word the author is believed; nil where that was not needed.
    public var forwarder: String?

    public init(spf: SPFVerdict?, dkim: [DKIMVerdict], dmarc: DMARCVerdict, arc: ARCVerdict? = nil, forwarder: String? = nil) {
        self.spf = spf
        self.dkim = dkim
        self.dmarc = dmarc
        self.arc = arc
        self.forwarder = forwarder
    }

    /// Nothing was checked.
    public static let notChecked = TrustReport(spf: nil, dkim: [], dmarc: DMARCVerdict(.notChecked, domain: ""))

    /// What the author's domain says, or what a trusted forwarder vouches for. A domain without a policy that vouches all the same is as
    /// good as one with.
    public var outcome: DMARCOutcome {
        if forwarder != nil { return .pass }
        return dmarc.outcome == .noPolicy && dmarc.vouchedBy != nil ? .pass : dmarc.outcome
    }
}

/// The envelope of a mail, as far as it says who sent it.
public struct TrustEnvelope: Sendable, Hashable {
    /// The client's address; nil where the mail did not come by SMTP from it.
    public var client: IPAddress?
    public var helo: String
    /// Without angle brackets; empty for the null return path.
    public var sender: String

    public init(client: IPAddress?, helo: String, sender: String) {
        self.client = client
        self.helo = helo
        self.sender = sender
    }
}

/// All checks of one mail: SPF, DKIM, DMARC, and what the inbox's trusted forwarders say. Nothing that others wrote into the mail counts by itself.
public struct CheckTrust: Sendable {
    private let dns: any DNS
    private let receiver: String

    /// - Parameters:
    ///   - dns: `BoundedDNS` for mail from outside, so that no mail keeps us asking.
    ///   - receiver: our host name.
    public init(dns: any DNS, receiver: String) {
        self.dns = dns
        self.receiver = receiver
    }

    /// - Parameters:
    ///   - authors: the domains of the addresses in `From`.
    ///   - receivedAt: when the mail came.
    ///   - sample: 0..<100, for `pct=`: the same for the same mail.
    public func run(
        _ claims: TrustClaims, authors: [String], envelope: TrustEnvelope, forwarders: [TrustedForwarder] = [], receivedAt: Date,
        sample: Int
    ) async -> TrustReport {
        let client = envelope.client?.unmapped
        let signatures = CheckDKIM(dns: dns, now: receivedAt)
        let check = CheckDMARC(dns: dns, sample: sample)
        // Side by side: what the sender's own name servers delay must not keep us from asking what the author's domain wants.
        // Where nothing could vouch and nobody knows who sent it, nothing is asked.
        let isAsked = client?.isPublic == true || !claims.signatures.isEmpty
        async let asked = isAsked ? check.policies(of: authors) : [:]
        async let spfFound = spf(client, envelope, receivedAt)
        async let dkimFound = signatures.run(claims.signatures)
        let (policies, spf, dkim) = await (asked, spfFound, dkimFound)
        let dmarc = check.run(authors: authors, fromFields: claims.fromFields, spf: spf, dkim: dkim, policies: policies)
        var report = TrustReport(spf: spf, dkim: dkim, dmarc: dmarc)
        guard !forwarders.isEmpty, dmarc.vouchedBy == nil else { return report }
        if let chain = claims.chain { report.arc = await CheckARC(signatures: signatures).run(chain) }
        // A forwarder vouches for one author.
        guard claims.fromFields == 1, Set(authors).count == 1 else { return report }
        if let arc = report.arc, arc.result == .pass, claims.chain?.results?.passesDMARC(for: dmarc.domain) == true,
            let forwarder = forwarders.first(where: { arc.sealer.isAtOrBelow($0.name) })
        {
            report.forwarder = forwarder.name
            return report
        }
        // A field counts only in a mail that came from the forwarder itself, and only its topmost one: that is the one it wrote (RFC 8601 §5).
        if let client, let forwarder = forwarders.first(where: { $0.networks.contains { $0.contains(client) } }),
            let results = claims.results.first(where: { $0.server == forwarder.name }), results.passesDMARC(for: dmarc.domain)
        {
            report.forwarder = forwarder.name
        }
        return report
    }

    private func spf(_ client: IPAddress?, _ envelope: TrustEnvelope, _ receivedAt: Date) async -> SPFVerdict? {
        guard let client, client.isPublic else { return nil }
        return await CheckSPF(dns: dns, receiver: receiver, now: receivedAt)
            .run(client: client, helo: envelope.helo, sender: envelope.sender)
    }
}
