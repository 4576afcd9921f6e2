/// What became of one signature (RFC 8601 §2.7.1). The raw value is the RFC's word.
public enum DKIMResult: String, Sendable, Codable, Hashable, CaseIterable {
    case pass, fail
    /// It would be right, but we do not take it: a weak key, a body that goes on behind what was signed.
    case policy
    case temporaryError = "temperror"
    case permanentError = "permerror"
}

/// One signature with its result.
public struct DKIMVerdict: Sendable, Hashable, Codable {
    public var result: DKIMResult
    /// Who signed (`d=`), small letters; empty where the signature does not say.
    public var domain: String
    public var selector: String
    /// Why, in words; nil for a pass.
    public var problem: String?
    /// The domain says that it is only trying DKIM out (`t=y`): the mail is to be treated as unsigned (RFC 6376 §3.6.1).
    public var testing: Bool

    /// Whether the mail may be held to be this domain's.
    public var vouches: Bool { result == .pass && !testing }

    public init(_ result: DKIMResult, domain: String, selector: String, problem: String? = nil, testing: Bool = false) {
        self.result = result
        self.domain = domain
        self.selector = selector
        self.problem = problem
        self.testing = testing
    }
}
