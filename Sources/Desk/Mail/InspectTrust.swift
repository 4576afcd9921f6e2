import Foundation
import MailFormat
import MailTrust

/// `mail trust`: who vouches for a mail's sender, by the code that production runs.
public struct InspectTrust: Sendable {
    private let dns: any DNS
    private let receiver: String
    private let forwarders: [TrustedForwarder]
    private let receivedAt: Date

    public init(dns: any DNS, receiver: String, forwarders: [TrustedForwarder], receivedAt: Date) {
        self.dns = dns
        self.receiver = receiver
        self.forwarders = forwarders
        self.receivedAt = receivedAt
    }

    /// One line of JSON. - Parameter file: the name given on the command line; nil for standard input.
    public func line(_ raw: [UInt8], envelope: TrustEnvelope, file: String?) async -> String {
        let clock = ContinuousClock()
        let bounded = BoundedDNS(dns, deadline: clock.now + .seconds(20), now: { clock.now })
        let report = await CheckTrust(dns: bounded, receiver: receiver).run(
            TrustClaims(raw), authors: MailReader().read(raw).authorDomains, envelope: envelope, forwarders: forwarders,
            receivedAt: receivedAt, sample: 0)
        return JSON.object(
            [("result", .string(report.outcome.rawValue)), ("words", .string(report.sentence))] + report.members + [("file", JSON(file))]
        )
        .text
    }
}

extension TrustReport {
    /// What was found, for programs.
    var members: [(String, JSON)] {
        [
            (
                "spf",
                spf.map {
                    .object([
                        ("result", .string($0.result.rawValue)), ("domain", .string($0.domain)), ("problem", JSON($0.problem)),
                        ("explanation", JSON($0.explanation)),
                    ])
                } ?? .null
            ),
            (
                "dkim",
                .array(
                    dkim.map {
                        .object([
                            ("result", .string($0.result.rawValue)), ("domain", .string($0.domain)), ("selector", .string($0.selector)),
                            ("problem", JSON($0.problem)), ("testing", .bool($0.testing)),
                        ])
                    })
            ),
            (
                "dmarc",
                .object([
                    ("result", .string(dmarc.outcome.rawValue)), ("domain", .string(dmarc.domain)), ("vouched_by", JSON(dmarc.vouchedBy)),
                ])
            ),
            (
                "arc",
                arc.map {
                    .object([("result", .string($0.result.rawValue)), ("sealer", .string($0.sealer)), ("problem", JSON($0.problem))])
                } ?? .null
            ), ("forwarder", JSON(forwarder)),
        ]
    }
}

extension ParsedMail {
    /// The domains of all that the mail names as its authors, the one that we show first.
    var authorDomains: [String] {
        let shown = from.map { [$0.domain] } ?? []
        let named = MailAddress.list(header(named: "from") ?? "", limit: 50).map(\.domain)
        return (shown + named.filter { !shown.contains($0) }).filter { !$0.isEmpty }
    }
}
