import Foundation

/// One signature of a mail, with everything that checking it needs but the key: read from the raw bytes without I/O, so that this can happen
/// where raw mail is read, and the rest where DNS is.
public struct DKIMClaim: Sendable, Hashable, Codable {
    public enum Algorithm: String, Sendable, Codable, CaseIterable {
        case rsa = "rsa-sha256"
        case ed25519 = "ed25519-sha256"

        /// `k=` of the key record.
        var keyType: String { self == .rsa ? "rsa" : "ed25519" }
    }

    /// `d=`, small letters.
    public var domain: String
    public var selector: String
    /// `t=` and `x=`: seconds since 1970.
    var signedAt: Int64?
    var expiresAt: Int64?
    var algorithm: Algorithm
    /// The domain of `i=` differs from `d=`, which a key may forbid (`t=s`).
    var identityIsBelow: Bool
    var signature: Data
    /// What was signed.
    var signedBytes: Data
    /// Settled without asking DNS: it cannot pass.
    var settled: DKIMVerdict?

    /// A signature that cannot pass, whatever the key.
    init(_ result: DKIMResult, domain: String, selector: String, _ problem: String) {
        self.domain = domain
        self.selector = selector
        algorithm = .rsa
        identityIsBelow = false
        signature = Data()
        signedBytes = Data()
        settled = DKIMVerdict(result, domain: domain, selector: selector, problem: problem)
    }

    init(domain: String, selector: String, algorithm: Algorithm, signature: Data, signedBytes: Data) {
        self.domain = domain
        self.selector = selector
        self.algorithm = algorithm
        identityIsBelow = false
        self.signature = signature
        self.signedBytes = signedBytes
    }
}
