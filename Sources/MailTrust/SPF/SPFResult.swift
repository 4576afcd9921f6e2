/// What SPF says of a client that sends in a domain's name (RFC 7208 §2.6). The raw value is the RFC's word.
public enum SPFResult: String, Sendable, Codable, Hashable, CaseIterable {
    case none, neutral, pass, fail, softfail
    case temporaryError = "temperror"
    case permanentError = "permerror"
}

/// The result with what it is about.
public struct SPFVerdict: Sendable, Hashable {
    public var result: SPFResult
    /// The domain that was asked: the envelope sender's, or the HELO name where that is empty (RFC 7208 §2.4).
    public var domain: String
    /// Why, in words, where something is wrong with the domain's record; nil otherwise.
    public var problem: String?
    /// What the domain's owner says to a failure (`exp=`). Written by them: shown as their words or not at all. At most 500 bytes of ASCII.
    public var explanation: String?

    /// Whether the record asks for more look-ups than a receiver makes (RFC 7208 §4.6.4).
    public var isTooLong: Bool { problem == SPFEvaluation.tooManyTerms }

    public init(_ result: SPFResult, domain: String, problem: String? = nil, explanation: String? = nil) {
        self.result = result
        self.domain = domain
        self.problem = problem
        self.explanation = explanation
    }
}
