/// What the check of the From domain said (RFC 7489 §4.2).
public enum DMARCResult: String, Sendable, Codable, CaseIterable {
    case pass
    /// Failed; the domain asks for nothing (`p=none`).
    case failNone = "fail_none"
    /// Failed; the domain asks for quarantine.
    case failQuarantine = "fail_quarantine"
    /// Failed; the domain asks for rejection.
    case failReject = "fail_reject"
    /// The domain publishes no policy.
    case noPolicy = "no_policy"
    /// The DNS did not answer.
    case temporaryError = "temporary_error"
    /// No check was made.
    case notChecked = "not_checked"

    /// Whether the mail fails DMARC, whatever the domain asks for.
    public var fails: Bool {
        switch self {
        case .failNone, .failQuarantine, .failReject: true
        case .pass, .noPolicy, .temporaryError, .notChecked: false
        }
    }
}
