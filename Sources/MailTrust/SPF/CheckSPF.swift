import Foundation

/// May this client send in the name of this domain? RFC 7208 with its limits; all that it knows comes from `dns`.
public struct CheckSPF: Sendable {
    private let dns: any DNS
    private let receiver: String
    private let now: Date

    /// - Parameters:
    ///   - receiver: our host name, which an explanation may name.
    ///   - now: for explanations.
    public init(dns: any DNS, receiver: String = "unknown", now: Date = Date(timeIntervalSince1970: 0)) {
        self.dns = dns
        self.receiver = receiver
        self.now = now
    }

    /// Checks the envelope sender, or the HELO name where that is empty (§2.4).
    /// - Parameter sender: the reverse path without its angle brackets.
    public func run(client: IPAddress, helo: String, sender: String) async -> SPFVerdict {
        let at = sender.lastIndex(of: "@")
        let local = at.map { String(sender[..<$0]) } ?? ""
        // RFC 8616 §4: in other scripts as `xn--…`; a local part in another script fits no domain.
        let domain = asciiDomain(at.map { String(sender[sender.index(after: $0)...]) } ?? (sender.isEmpty ? helo : sender))
        var evaluation = SPFEvaluation(
            dns: dns,
            values: SPFMacroValues(
                client: client.unmapped, helo: helo, local: local.isEmpty ? "postmaster" : local, senderDomain: domain, receiver: receiver,
                seconds: Int(now.timeIntervalSince1970)))
        do throws(SPFEvaluation.Stop) {
            let outcome = try await evaluation.checkHost(domain)
            let explanation = outcome.result == .fail ? await evaluation.explain(outcome) : nil
            return SPFVerdict(outcome.result, domain: domain, explanation: explanation)
        } catch {
            switch error {
            case .temporary(let words): return SPFVerdict(.temporaryError, domain: domain, problem: words)
            case .permanent(let words): return SPFVerdict(.permanentError, domain: domain, problem: words)
            }
        }
    }
}
