/// The chain of seals that forwarders put on a mail (RFC 8617), read without DNS.
public struct ARCClaim: Sendable, Hashable, Codable {
    /// What is wrong with the chain already, in words.
    var broken: String?
    /// The newest signature over the mail itself.
    var message: DKIMClaim?
    /// The seals, the newest first.
    var seals: [DKIMClaim] = []
    /// What the newest forwarder says that it found: its `ARC-Authentication-Results` behind the instance.
    var results: AuthenticationResults?
}

/// Whether a chain of seals holds (RFC 8617 §4.4). The raw value is the RFC's word.
public enum ARCResult: String, Sendable, Codable, Hashable {
    case pass, fail
}

public struct ARCVerdict: Sendable, Hashable, Codable {
    public var result: ARCResult
    /// Who sealed last, small letters; empty where that cannot be read.
    public var sealer: String
    /// Why it does not hold, in words.
    public var problem: String?

    public init(_ result: ARCResult, sealer: String, problem: String? = nil) {
        self.result = result
        self.sealer = sealer
        self.problem = problem
    }
}
