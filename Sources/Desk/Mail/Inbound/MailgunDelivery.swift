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

    init(_ request: ProviderRequest) throws(DeliveryProblem) {
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
        guard let raw = request.field("body-mime"), !raw.isEmpty else {
            throw .refused("`body-mime` is missing. The address of Mailgun's route has to end with /mime.")
        }
        let recipients = (request.text("recipient") ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return [ProvidedMail(raw: raw, sender: request.text("sender"), recipients: recipients)]
    }
}

extension Instant {
    /// nil for what is no time that this century knows: it would overflow.
    init?(unixSeconds: Int64) {
        guard (0...32_503_680_000).contains(unixSeconds) else { return nil }
        self.init(milliseconds: unixSeconds * 1_000)
    }
}
