/// What a mail says of its own authenticity, read from its raw bytes without I/O. Nothing in it is true until it was checked (`CheckTrust`).
public struct TrustClaims: Sendable, Hashable, Codable {
    /// How many signatures are looked at (RFC 6376 §6.1 leaves the number to us): the topmost ones.
    static let mostSignatures = 10
    /// What the signatures together may cover.
    static let mostBytes = 1 << 20

    /// How many `From` fields there are.
    public var fromFields = 0
    public var signatures: [DKIMClaim] = []
    public var chain: ARCClaim?
    /// The `Authentication-Results` fields, topmost first.
    public var results: [AuthenticationResults] = []

    /// Nothing is claimed.
    public init() {}

    /// Reads a raw mail. Total: any bytes give an answer.
    public init(_ raw: [UInt8]) {
        let mail = RawFields(raw)
        fromFields = mail.all("from").count
        guard !mail.tooLarge else { return }
        var reading = ReadSignature(mail)
        var left = Self.mostBytes
        for field in mail.all("dkim-signature").prefix(Self.mostSignatures) {
            let claim = reading.run(field)
            left -= claim.signedBytes.count
            guard left >= 0 else { break }
            signatures.append(claim)
        }
        chain = ReadARC.run(mail, signatures: &reading)
        results = mail.all("authentication-results").prefix(10).compactMap { AuthenticationResults($0.text) }
    }
}
