import Conversations
import Crypto
import Foundation

/// Mailgun signs `timestamp` and `token` with HMAC-SHA256, and gives the mail as it came (`body-mime`) to a path that ends with `mime`.
struct MailgunDelivery: ProviderDelivery {
    /// It tries for eight hours.
    static let window = Duration.seconds(9 * 3_600)

    private let request: ProviderRequest
    private let timestamp: String
    private let token: String
    private let signature: String
    /// What became of a mail: a webhook for events in the place of a route.
    private let event: JSON?
    /// An event has no mail in it, and has to be read before it can be proven.
    private static let longestEvent = 1 << 20

    init(_ request: ProviderRequest) throws(DeliveryProblem) {
        if request.headers["content-type"]?.lowercased().hasPrefix("application/json") ?? false {
            guard request.body.count <= Self.longestEvent, let json = try? JSON(parsing: request.body), let proof = json["signature"],
                let timestamp = proof["timestamp"]?.stringValue, let token = proof["token"]?.stringValue,
                let signature = proof["signature"]?.stringValue
            else { throw .unproven("Mailgun's `signature` is missing.") }
            (self.request, self.timestamp, self.token, self.signature) = (request, timestamp, token, signature)
            event = json["event-data"] ?? .null
            return
        }
        event = nil
        guard let timestamp = request.text("timestamp"), let token = request.text("token"), let signature = request.text("signature") else {
            throw .unproven("Mailgun's `timestamp`, `token` and `signature` are missing.")
        }
        self.request = request
        self.timestamp = timestamp
        self.token = token
        self.signature = signature
    }

    func isProven(by key: ProviderKey) -> Bool {
        let code = HMAC<SHA256>.authenticationCode(for: Data((timestamp + token).utf8), using: SymmetricKey(data: Data(key.secret.utf8)))
        return Secrets.equal(Array(Secrets.hex(code).utf8), Array(signature.lowercased().utf8))
    }

    var signed: (at: Instant, within: Duration)? {
        (Int64(timestamp).flatMap(Instant.init(unixSeconds:)) ?? Instant(milliseconds: 0), Self.window)
    }

    var mark: [UInt8]? { Array((timestamp + token).utf8) }

    func mails() throws(DeliveryProblem) -> [ProvidedMail] {
        if let event { return bounce(event) }
        guard let raw = request.field("body-mime"), !raw.isEmpty else {
            throw .refused("`body-mime` is missing. The address of Mailgun's route has to end with /mime.")
        }
        let recipients = (request.text("recipient") ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return [ProvidedMail(raw: raw, sender: request.text("sender"), recipients: recipients)]
    }

    /// What it goes on trying has not come back.
    private func bounce(_ event: JSON) -> [ProvidedMail] {
        guard event["event"]?.stringValue == "failed", event["severity"]?.stringValue == "permanent",
            let token = event["user-variables"]?[ProviderBounce.field]?.stringValue
        else { return [] }
        let status = event["delivery-status"]
        let words = [status?["message"]?.stringValue, status?["description"]?.stringValue].compactMap { $0?.nonEmpty }.joined(
            separator: " ")
        // `old`: it was tried until Mailgun gave up, as it does over answers of 4xx. That says nothing about the address.
        var isTemporary = event["reason"]?.stringValue == "old"
        if case .integer(400..<500)? = status?["code"] { isTemporary = true }
        let bounce = ProviderBounce(
            token: token, recipient: event["recipient"]?.stringValue ?? "", isPermanent: !isTemporary,
            words: words.isEmpty ? event["reason"]?.stringValue ?? "failed" : words)
        return [bounce.mail(of: .mailgun)].compactMap { $0 }
    }
}

extension Instant {
    /// nil for what is no time that this century knows: it would overflow.
    init?(unixSeconds: Int64) {
        guard (0...32_503_680_000).contains(unixSeconds) else { return nil }
        self.init(milliseconds: unixSeconds * 1_000)
    }
}
