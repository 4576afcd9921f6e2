import Conversations
import Crypto
import Foundation

/// The mail itself as the body, signed with HMAC-SHA256 over timestamp, a full stop and the body; or, on Action Mailbox's path for mail
/// servers, with a password.
struct RawDelivery: ProviderDelivery {
    /// Who signs, signs again at every try.
    static let window = Duration.seconds(300)

    private let request: ProviderRequest
    private let password: BasicPassword?
    private let timestamp: String
    private let signature: String

    init(_ request: ProviderRequest) throws(DeliveryProblem) {
        self.request = request
        password = request.isActionMailbox ? BasicPassword(request) : nil
        timestamp = request.headers["x-throughline-timestamp"] ?? ""
        signature = request.headers["x-throughline-signature"] ?? ""
        if request.isActionMailbox {
            guard password != nil else { throw .unproven("The password is missing: user actionmailbox, by HTTP Basic.") }
            guard request.headers["content-type"]?.lowercased().hasPrefix("message/rfc822") == true else {
                throw .refused("The body has to be the mail itself, with `Content-Type: message/rfc822`.")
            }
        } else if timestamp.isEmpty || signature.isEmpty {
            throw .unproven("`X-Throughline-Timestamp` or `X-Throughline-Signature` is missing.")
        }
    }

    func isProven(by key: ProviderKey) -> Bool {
        if let password { return password.matches(key) }
        var code = HMAC<SHA256>(key: SymmetricKey(data: Data(key.secret.utf8)))
        code.update(data: Data("\(timestamp).".utf8))
        code.update(data: request.body)
        return Secrets.equal(Array(Secrets.hex(code.finalize()).utf8), Array(signature.lowercased().utf8))
    }

    var signed: (at: Instant, within: Duration)? {
        password == nil ? (Int64(timestamp).flatMap(Instant.init(unixSeconds:)) ?? Instant(milliseconds: 0), Self.window) : nil
    }

    var mark: [UInt8]? { password == nil ? Array(signature.lowercased().utf8) : nil }

    func mails() throws(DeliveryProblem) -> [ProvidedMail] {
        guard !request.body.isEmpty else { throw .refused("The body is empty. It has to be the mail itself.") }
        let header = HeaderEnvelope(of: request.body)
        return [
            ProvidedMail(
                raw: request.body, sender: request.sender ?? header.sender,
                recipients: request.recipients.isEmpty ? header.recipients : request.recipients)
        ]
    }
}
