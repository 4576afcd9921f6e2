import Conversations
import Crypto
import Foundation

/// SendGrid's Inbound Parse with “POST the raw, full MIME message”. Its security policy signs timestamp and body (ECDSA on P-256, the
/// public key is the inbox's); without one, the address holds a password.
struct SendGridDelivery: ProviderDelivery {
    /// It tries for three days.
    static let window = Duration.seconds(73 * 3_600)

    private let request: ProviderRequest
    private let password: BasicPassword?
    private let signature: (value: Data, timestamp: String)?

    init(_ request: ProviderRequest) throws(DeliveryProblem) {
        self.request = request
        password = BasicPassword(request)
        if let value = request.headers["x-twilio-email-event-webhook-signature"].flatMap({ Data(base64Encoded: $0) }),
            let timestamp = request.headers["x-twilio-email-event-webhook-timestamp"]
        {
            signature = (value, timestamp)
        } else {
            signature = nil
        }
        guard password != nil || signature != nil else {
            throw .unproven("SendGrid's request is neither signed nor has it a password. Give the parse webhook a security policy.")
        }
    }

    /// An inbox that knows SendGrid's public key takes nothing without its signature.
    func isProven(by key: ProviderKey) -> Bool {
        guard let publicKey = Self.publicKey(key.secret) else { return password?.matches(key) ?? false }
        guard let signature, let ecdsa = try? P256.Signing.ECDSASignature(derRepresentation: signature.value) else { return false }
        return publicKey.isValidSignature(ecdsa, for: Data(signature.timestamp.utf8) + request.body)
    }

    /// As SendGrid shows it: base64 of a SubjectPublicKeyInfo. nil for a password.
    static func publicKey(_ secret: String) -> P256.Signing.PublicKey? {
        Data(base64Encoded: secret).flatMap { try? P256.Signing.PublicKey(derRepresentation: $0) }
    }

    var signed: (at: Instant, within: Duration)? {
        guard let signature else { return nil }
        return (Int64(signature.timestamp).flatMap(Instant.init(unixSeconds:)) ?? Instant(milliseconds: 0), Self.window)
    }

    /// Of what was signed, not of the signature: ECDSA has many for the same.
    var mark: [UInt8]? { signature.map { Array(SHA256.hash(data: Data($0.timestamp.utf8) + request.body)) } }

    func mails() throws(DeliveryProblem) -> [ProvidedMail] {
        if request.headers["content-type"]?.lowercased().hasPrefix("application/json") ?? false { return try bounces() }
        guard let raw = request.field("email"), !raw.isEmpty else {
            throw .refused("`email` is missing. Tick “POST the raw, full MIME message” in SendGrid's Inbound Parse.")
        }
        guard let envelope = request.field("envelope"), let json = try? JSON(parsing: envelope), case .array(let to)? = json["to"] else {
            throw .refused("`envelope` is missing or is not valid JSON.")
        }
        return [ProvidedMail(raw: raw, sender: json["from"]?.stringValue, recipients: to.compactMap(\.stringValue))]
    }

    /// Its event webhook, which is signed as its parse webhook is: a list of what became of mails, each with what the mail was sent with.
    private func bounces() throws(DeliveryProblem) -> [ProvidedMail] {
        guard case .array(let events)? = try? JSON(parsing: request.body) else { throw .refused("The request's body is no list in JSON.") }
        return events.prefix(1_000).compactMap { event in
            guard let token = event[ProviderBounce.field]?.stringValue, let name = event["event"]?.stringValue,
                name == "bounce" || name == "dropped"
            else { return nil }
            let reason = event["reason"]?.stringValue
            // `blocked` is a refusal that says nothing about the address; and most reasons to drop a mail (spam, unsubscribed, a quota) do not either.
            let isPermanent = name == "dropped" ? ["Bounced Address", "Invalid"].contains(reason) : event["type"]?.stringValue != "blocked"
            return ProviderBounce(
                token: token, recipient: event["email"]?.stringValue ?? "", isPermanent: isPermanent, words: reason ?? name
            ).mail(of: .sendgrid)
        }
    }
}
