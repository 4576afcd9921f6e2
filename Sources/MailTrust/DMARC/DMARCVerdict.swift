/// What DMARC says of a mail (RFC 7489 §4.2). The raw values are the words that the product keeps.
public enum DMARCOutcome: String, Sendable, Codable, Hashable, CaseIterable {
    case pass
    case failNone = "fail_none"
    case failQuarantine = "fail_quarantine"
    case failReject = "fail_reject"
    /// The domain publishes no policy.
    case noPolicy = "no_policy"
    /// DNS did not answer.
    case temporaryError = "temporary_error"
    /// Nobody could know: the mail came by a way that does not tell who sent it.
    case notChecked = "not_checked"

    /// Of the outcomes for several authors the one that counts: the last in this order.
    static let bestFirst: [DMARCOutcome] = [.pass, .noPolicy, .notChecked, .temporaryError, .failNone, .failQuarantine, .failReject]

    static func failed(_ policy: DMARCPolicy) -> DMARCOutcome {
        switch policy {
        case .none: .failNone
        case .quarantine: .failQuarantine
        case .reject: .failReject
        }
    }
}

public struct DMARCVerdict: Sendable, Hashable, Codable {
    public var outcome: DMARCOutcome
    /// Of the author (`From`), small letters, in ASCII; empty where there is none.
    public var domain: String
    /// What vouches for the author's domain: `SPF`, `DKIM` or nil. It may also stand where the domain publishes no policy.
    public var vouchedBy: String?

    public init(_ outcome: DMARCOutcome, domain: String, vouchedBy: String? = nil) {
        self.outcome = outcome
        self.domain = domain
        self.vouchedBy = vouchedBy
    }
}
