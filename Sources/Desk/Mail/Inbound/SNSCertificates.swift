import Conversations
import Foundation
import MailTransport

/// Amazon's signing certificates, fetched once each.
///
/// That one is Amazon's shows by where it is from: the host of SNS in the topic's own region, over HTTPS, whose chain and name the
/// connection has checked. The file holds the signer's certificate alone, without those between it and a root, so there is no other chain.
/// Beside that it has to be valid now and be made out to an SNS host.
public actor SNSCertificates {
    static let most = 32
    static let longest = 64 << 10

    private let fetch: @Sendable (WebRequest) async -> WebOutcome
    private let now: @Sendable () -> Instant
    private var known: [String: SigningCertificate] = [:]

    /// - Parameter fetch: nil: from where they really are. Whoever else fetches has to check the host's certificate.
    public init(fetch: (@Sendable (WebRequest) async -> WebOutcome)? = nil, now: @escaping @Sendable () -> Instant) {
        self.fetch = fetch ?? Self.fromAmazon
        self.now = now
    }

    private static let fromAmazon: @Sendable (WebRequest) async -> WebOutcome = { request in
        do {
            return try await WebClient().run(request)
        } catch {
            return .notSent("\(error)", isFault: true)
        }
    }

    func certificate(at url: String, for topic: SNSTopic) async throws(DeliveryProblem) -> SigningCertificate {
        guard topic.owns(url), let parts = URLComponents(string: url), parts.path.hasSuffix(".pem"), parts.query == nil else {
            throw .unproven("`SigningCertURL` is no certificate of \(topic.host).")
        }
        if let certificate = known[url] { return try checked(certificate) }
        let request = WebRequest(method: "GET", address: WebAddress(host: topic.host), path: parts.percentEncodedPath)
        guard case .answered(let answer) = await fetch(request), answer.status == 200, answer.body.count <= Self.longest,
            let certificate = SigningCertificate(pem: answer.body)
        else { throw .tryAgain("Amazon's certificate could not be fetched from \(topic.host).") }
        _ = try checked(certificate)
        if known.count >= Self.most { known = [:] }
        known[url] = certificate
        return certificate
    }

    /// Follows the address that confirms a subscription.
    func confirm(_ url: String) async throws(DeliveryProblem) {
        guard let parts = URLComponents(string: url), let host = parts.host else { throw .refused("`SubscribeURL` is no address.") }
        let path = parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
        let request = WebRequest(method: "GET", address: WebAddress(host: host), path: path)
        guard case .answered(let answer) = await fetch(request), (200..<300).contains(answer.status) else {
            throw .tryAgain("Amazon did not confirm the subscription.")
        }
    }

    private func checked(_ certificate: SigningCertificate) throws(DeliveryProblem) -> SigningCertificate {
        let time = now().date
        guard certificate.validFrom <= time, time <= certificate.validUntil else {
            throw .unproven("Amazon's certificate is not valid now.")
        }
        let isSNS = certificate.names.contains { name in
            (name.hasPrefix("sns.") || name.hasPrefix("sns-")) && (name.hasSuffix(".amazonaws.com") || name.hasSuffix(".amazonaws.com.cn"))
        }
        guard isSNS else { throw .unproven("The certificate that signed is not made out to Amazon SNS.") }
        return certificate
    }
}
