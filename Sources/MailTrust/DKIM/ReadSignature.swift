import Foundation

/// Reads the signatures of a mail (RFC 6376 §3.5, §6.1.1): all that can be said of them without DNS.
struct ReadSignature {
    private let mail: RawFields
    private var digests: [Canonicalization: (digest: [UInt8], count: Int)] = [:]

    init(_ mail: RawFields) { self.mail = mail }

    /// A `DKIM-Signature`, or an `ARC-Message-Signature` (RFC 8617 §4.1.2), which is one without `v=` and `i=`, and never signs a seal.
    mutating func run(_ field: RawField, isARC: Bool = false) -> DKIMClaim {
        guard let tags = TagList(field.value) else {
            return DKIMClaim(.permanentError, domain: "", selector: "", "The signature cannot be read.")
        }
        let domain = (tags["d"] ?? "").domainKey
        let selector = tags["s"] ?? ""
        func refuse(_ result: DKIMResult, _ problem: String) -> DKIMClaim {
            DKIMClaim(result, domain: domain, selector: selector, problem)
        }
        for name in ["a", "b", "bh", "d", "h", "s"] + (isARC ? [] : ["v"]) where tags[name] == nil {
            return refuse(.permanentError, "The signature has no \(name)=.")
        }
        guard isARC || tags["v"] == "1" else { return refuse(.permanentError, "The signature is of an unknown version.") }
        guard isDNSName("\(selector)._domainkey.\(domain)"), !selector.isEmpty, !domain.isEmpty else {
            return refuse(.permanentError, "The signature names no domain that could be asked.")
        }
        guard let algorithm = DKIMClaim.Algorithm(rawValue: tags["a"] ?? "") else {
            // RFC 8301 §3.1: rsa-sha1 counts for nothing any more.
            return refuse(.permanentError, "The signature uses an algorithm that is unknown or too weak.")
        }
        guard let forms = Self.forms(tags["c"]) else { return refuse(.permanentError, "The signature's c= is unknown.") }
        guard tags.list("q")?.contains("dns/txt") ?? true else { return refuse(.permanentError, "The signature's key is not in DNS.") }
        guard let signature = tags.compact("b").flatMap({ Data(base64Encoded: $0) }), 1...1024 ~= signature.count,
            let bodyHash = tags.compact("bh").flatMap({ Data(base64Encoded: $0) })
        else { return refuse(.permanentError, "The signature is no base64.") }
        let names = (tags.list("h") ?? []).map { $0.lowercased() }
        guard names.contains("from"), !names.contains("") else { return refuse(.permanentError, "The signature does not cover From.") }
        guard !isARC || !names.contains("arc-seal") else { return refuse(.permanentError, "The signature covers a seal.") }
        let identity = Self.identityDomain(tags["i"], isARC: isARC) ?? domain
        guard identity.isAtOrBelow(domain) else { return refuse(.permanentError, "The signature's i= is not of its domain.") }
        guard let signedAt = Self.optional(tags.number("t")), let expiresAt = Self.optional(tags.number("x")),
            let length = Self.optional(tags.number("l"))
        else { return refuse(.permanentError, "A number in the signature is none.") }
        if let signedAt, let expiresAt, expiresAt < signedAt {
            return refuse(.permanentError, "The signature expires before it was made.")
        }
        let body = digest(forms.body)
        if let length {
            if length < body.count { return refuse(.policy, "The body goes on behind the part that is signed.") }
            if length > body.count { return refuse(.fail, "The body is shorter than what was signed.") }
        }
        guard bodyHash.elementsEqual(body.digest) else { return refuse(.fail, "The body was changed after it was signed.") }
        if let name = SignedContent.unsignedDuplicate(mail.fields, names: names) {
            return refuse(.fail, "The mail has a second “\(name)” that was not signed.")
        }
        var claim = DKIMClaim(
            domain: domain, selector: selector, algorithm: algorithm, signature: signature,
            signedBytes: SignedContent.header(mail.fields, names: names, signature: field, forms.header))
        claim.identityIsBelow = identity != domain
        claim.signedAt = signedAt
        claim.expiresAt = expiresAt
        return claim
    }

    private mutating func digest(_ form: Canonicalization) -> (digest: [UInt8], count: Int) {
        if let known = digests[form] { return known }
        let new = form.bodyDigest(mail.body)
        digests[form] = new
        return new
    }

    private static func forms(_ text: String?) -> (header: Canonicalization, body: Canonicalization)? {
        guard let text else { return (.simple, .simple) }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let header = parts.first.flatMap({ Canonicalization(rawValue: String($0)) }), parts.count <= 2 else { return nil }
        guard parts.count == 2 else { return (header, .simple) }
        return Canonicalization(rawValue: String(parts[1])).map { (header, $0) }
    }

    /// What stands behind the `@` of `i=`; nil where there is none. In ARC, `i=` is the instance.
    private static func identityDomain(_ identity: String?, isARC: Bool) -> String? {
        guard !isARC, let identity else { return nil }
        guard let at = identity.lastIndex(of: "@") else { return "" }
        return String(identity[identity.index(after: at)...]).domainKey
    }

    /// A number that is absent is no error; one that cannot be read is.
    private static func optional(_ number: Int64??) -> Int64?? {
        switch number {
        case .none: .some(nil)
        case .some(nil): .none
        case .some(.some(let value)): .some(value)
        }
    }
}
