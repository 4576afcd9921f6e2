import Crypto
import CryptoExtras
import Foundation

/// Checks signatures with the keys that DNS has for them (RFC 6376 §6.1.2, §6.1.3).
public struct CheckDKIM: Sendable {
    /// RFC 8301 §3.2: below, a key is no protection. Above, no signer is; the bound keeps a mail from costing much.
    static let rsaBits = 1024...8192
    /// How far a signer's clock may be ahead, in seconds.
    static let clockLeeway: Int64 = 36_000

    private let dns: any DNS
    private let now: Date

    /// - Parameter now: when the mail came: an old one is judged by its day when it is read again.
    public init(dns: any DNS, now: Date) {
        self.dns = dns
        self.now = now
    }

    public func run(_ claims: [DKIMClaim]) async -> [DKIMVerdict] {
        // Side by side: a name server that is slow on purpose holds up no other signature.
        await withTaskGroup(of: (Int, DKIMVerdict).self) { group in
            for (index, claim) in claims.enumerated() { group.addTask { (index, await run(claim)) } }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    func run(_ claim: DKIMClaim) async -> DKIMVerdict {
        if let settled = claim.settled { return settled }
        func verdict(_ result: DKIMResult, _ problem: String? = nil, testing: Bool = false) -> DKIMVerdict {
            DKIMVerdict(result, domain: claim.domain, selector: claim.selector, problem: problem, testing: testing)
        }
        let seconds = Int64(now.timeIntervalSince1970)
        if let expires = claim.expiresAt, expires < seconds { return verdict(.permanentError, "The signature has expired.") }
        if let signed = claim.signedAt, signed > seconds + Self.clockLeeway {
            return verdict(.permanentError, "The signature is from the future.")
        }
        let answer = await dns.ask("\(claim.selector)._domainkey.\(claim.domain)", .txt)
        if answer == .failed { return verdict(.temporaryError, "DNS did not answer for the key of \(claim.domain).") }
        let records = answer.texts.filter { DKIMKey.isOne($0) }
        guard let record = records.first else { return verdict(.permanentError, "\(claim.domain) has no such key.") }
        guard records.count == 1 else { return verdict(.permanentError, "\(claim.domain) has several keys at one name.") }
        do throws(DKIMKey.Problem) {
            let key = try DKIMKey(record)
            return judge(claim, with: key, verdict: { verdict($0, $1, testing: key.isTesting) })
        } catch {
            return verdict(.permanentError, error == .revoked ? "\(claim.domain) has revoked this key." : "The key cannot be read.")
        }
    }

    private func judge(_ claim: DKIMClaim, with key: DKIMKey, verdict: (DKIMResult, String?) -> DKIMVerdict) -> DKIMVerdict {
        guard key.isForMail else { return verdict(.permanentError, "The key is not for mail.") }
        guard key.allowsSHA256, key.type == claim.algorithm.keyType else {
            return verdict(.permanentError, "The key is for something else.")
        }
        guard !(key.isStrict && claim.identityIsBelow) else { return verdict(.permanentError, "The key is not for sub-domains.") }
        switch claim.algorithm {
        case .ed25519:
            guard let publicKey = try? Curve25519.Signing.PublicKey(rawRepresentation: key.bytes) else {
                return verdict(.permanentError, "The key cannot be read.")
            }
            // RFC 8463 §3: it signs the hash.
            let digest = Data(SHA256.hash(data: claim.signedBytes))
            return publicKey.isValidSignature(claim.signature, for: digest)
                ? verdict(.pass, nil) : verdict(.fail, "The signature does not fit the header.")
        case .rsa:
            guard let publicKey = try? _RSA.Signing.PublicKey(unsafeDERRepresentation: key.bytes) else {
                return verdict(.permanentError, "The key cannot be read, or is too short.")
            }
            guard Self.rsaBits.contains(publicKey.keySizeInBits) else {
                return verdict(.policy, "A key of \(publicKey.keySizeInBits) bits protects nothing.")
            }
            let signature = _RSA.Signing.RSASignature(rawRepresentation: claim.signature)
            return publicKey.isValidSignature(signature, for: claim.signedBytes, padding: .insecurePKCS1v1_5)
                ? verdict(.pass, nil) : verdict(.fail, "The signature does not fit the header.")
        }
    }
}
