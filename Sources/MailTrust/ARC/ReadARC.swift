import Foundation

/// Reads a chain of seals (RFC 8617 §4.1, §5.2).
enum ReadARC {
    /// §4.2.1 allows fifty; each costs a question, and no honest chain comes near this.
    static let mostInstances = 50
    /// What all seals together cover at most: it grows with the square of their number.
    static let mostBytes = 2 << 20

    private struct Instance {
        var results: [RawField] = []
        var messages: [RawField] = []
        var seals: [RawField] = []
    }

    /// - Returns: nil where the mail has no seal at all.
    static func run(_ mail: RawFields, signatures: inout ReadSignature) -> ARCClaim? {
        var instances: [Int: Instance] = [:]
        for field in mail.fields where field.name.hasPrefix("arc-") {
            let path: WritableKeyPath<Instance, [RawField]>
            switch field.name {
            case "arc-authentication-results": path = \.results
            case "arc-message-signature": path = \.messages
            case "arc-seal": path = \.seals
            default: continue
            }
            guard let number = instance(field), 1...mostInstances ~= number else {
                return ARCClaim(broken: "A forwarder's seal has no number.")
            }
            instances[number, default: Instance()][keyPath: path].append(field)
        }
        guard let newest = instances.keys.max() else { return nil }
        var sets: [(results: RawField, message: RawField, seal: RawField)] = []
        for number in 1...newest {
            guard let set = instances[number], set.results.count == 1, set.messages.count == 1, set.seals.count == 1,
                let results = set.results.first, let message = set.messages.first, let seal = set.seals.first
            else { return ARCClaim(broken: "The forwarders' seals are not whole.") }
            sets.append((results, message, seal))
        }
        var claim = ARCClaim()
        var covered: [UInt8] = []
        var total = 0
        for (index, set) in sets.enumerated() {
            for field in [set.results, set.message] { covered += Canonicalization.relaxed.field(field) + [0x0D, 0x0A] }
            let bytes = covered + Canonicalization.relaxed.field(SignedContent.withoutSignature(set.seal))
            total += bytes.count
            guard total <= mostBytes else { return ARCClaim(broken: "The forwarders' seals are too large.") }
            claim.seals.insert(seal(set.seal, isFirst: index == 0, covering: bytes), at: 0)
            covered += Canonicalization.relaxed.field(set.seal) + [0x0D, 0x0A]
        }
        if let last = sets.last {
            claim.message = signatures.run(last.message, isARC: true)
            let text = last.results.text
            claim.results = text.firstIndex(of: ";").flatMap { AuthenticationResults(String(text[text.index(after: $0)...])) }
        }
        return claim
    }

    /// The `i=` of a field. In `ARC-Authentication-Results` it stands first, before what is no list of tags.
    private static func instance(_ field: RawField) -> Int? {
        let isResults = field.name == "arc-authentication-results"
        let value = isResults ? field.value.prefix { $0 != UInt8(ascii: ";") } : field.value
        guard let text = TagList(value)?["i"], 1...2 ~= text.utf8.count, text.utf8.allSatisfy(isDigit) else { return nil }
        return Int(text)
    }

    /// §4.1.3. The first says that there was no chain before it, every other one that the chain before it held.
    private static func seal(_ field: RawField, isFirst: Bool, covering bytes: [UInt8]) -> DKIMClaim {
        let tags = TagList(field.value)
        let domain = (tags?["d"] ?? "").domainKey
        let selector = tags?["s"] ?? ""
        func refuse(_ problem: String) -> DKIMClaim { DKIMClaim(.permanentError, domain: domain, selector: selector, problem) }
        guard let tags, tags["h"] == nil, !domain.isEmpty, !selector.isEmpty, isDNSName("\(selector)._domainkey.\(domain)"),
            let algorithm = DKIMClaim.Algorithm(rawValue: tags["a"] ?? ""),
            let signature = tags.compact("b").flatMap({ Data(base64Encoded: $0) }), 1...1024 ~= signature.count
        else { return refuse("A forwarder's seal cannot be read.") }
        guard tags["cv"] == (isFirst ? "none" : "pass") else { return refuse("A forwarder says that the chain before it did not hold.") }
        return DKIMClaim(domain: domain, selector: selector, algorithm: algorithm, signature: signature, signedBytes: Data(bytes))
    }
}
