import HTTPTypes

extension HTTPField.Name {
    static let xForwardedFor = Self("X-Forwarded-For").unsafelyKnown
    /// The visitor's session token.
    static let xAuthToken = Self("X-Auth-Token").unsafelyKnown
    static let crossOriginResourcePolicy = Self("Cross-Origin-Resource-Policy").unsafelyKnown
    static let xDNSPrefetchControl = Self("X-DNS-Prefetch-Control").unsafelyKnown
    static let referrerPolicy = Self("Referrer-Policy").unsafelyKnown
}

extension HTTPField.Name? {
    /// For names that are written in this program and valid (RFC 9110 §5.1).
    fileprivate var unsafelyKnown: HTTPField.Name { self ?? .contentType }
}
