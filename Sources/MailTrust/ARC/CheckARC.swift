/// Does a chain of seals hold? RFC 8617 §5.2.
public struct CheckARC: Sendable {
    private let signatures: CheckDKIM

    /// - Parameter signatures: seals are checked as signatures are, with keys of the same form (§4.1).
    public init(signatures: CheckDKIM) { self.signatures = signatures }

    public func run(_ claim: ARCClaim) async -> ARCVerdict {
        let sealer = claim.seals.first?.domain ?? ""
        if let broken = claim.broken { return ARCVerdict(.fail, sealer: sealer, problem: broken) }
        // The newest first: it is the one that later ones would have broken.
        for part in [claim.message].compactMap({ $0 }) + claim.seals {
            let verdict = await signatures.run(part)
            guard verdict.result == .pass else { return ARCVerdict(.fail, sealer: sealer, problem: verdict.problem) }
        }
        return ARCVerdict(.pass, sealer: sealer)
    }
}
