import Conversations
import Crypto
import CryptoExtras
import Foundation

/// Amazon SES hands mail to Amazon SNS, which posts it as a notification, signed with the key of a certificate (RSA, SHA-1 or SHA-256).
struct SNSDelivery: ProviderDelivery {
    /// SNS tries for an hour at most.
    static let window = Duration.seconds(2 * 3_600)

    enum Kind: String {
        case notification = "Notification"
        case subscription = "SubscriptionConfirmation"
        case unsubscription = "UnsubscribeConfirmation"

        /// The members that are signed, in their order; `Subject` only where it is there.
        fileprivate var signedMembers: [String] {
            switch self {
            case .notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
            case .subscription, .unsubscription: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
            }
        }
    }

    let kind: Kind
    private let json: JSON
    private let topic: SNSTopic
    private let certificates: SNSCertificates

    init(_ request: ProviderRequest, certificates: SNSCertificates) throws(DeliveryProblem) {
        guard let json = try? JSON(parsing: request.body) else { throw .refused("The request's body is not valid JSON.") }
        guard let kind = json["Type"]?.stringValue.flatMap(Kind.init(rawValue:)) else { throw .refused("`Type` is none of Amazon SNS's.") }
        guard let topic = json["TopicArn"]?.stringValue.flatMap(SNSTopic.init) else { throw .refused("`TopicArn` is no topic's name.") }
        self.json = json
        self.kind = kind
        self.topic = topic
        self.certificates = certificates
    }

    /// Signed by Amazon, for the topic of the inbox. Another topic, though Amazon signs that too, is anybody's.
    func isProven(by key: ProviderKey) async throws(DeliveryProblem) -> Bool {
        guard key.topic == topic.name else { return false }
        guard let url = json["SigningCertURL"]?.stringValue,
            let signature = json["Signature"]?.stringValue.flatMap({ Data(base64Encoded: $0) })
        else { return false }
        let certificate = try await certificates.certificate(at: url, for: topic)
        guard let key = try? _RSA.Signing.PublicKey(derRepresentation: certificate.publicKey) else { return false }
        let signed = Data(stringToSign.utf8)
        let rsa = _RSA.Signing.RSASignature(rawRepresentation: signature)
        switch json["SignatureVersion"]?.stringValue {
        case "1": return key.isValidSignature(rsa, for: Insecure.SHA1.hash(data: signed), padding: .insecurePKCS1v1_5)
        case "2": return key.isValidSignature(rsa, for: SHA256.hash(data: signed), padding: .insecurePKCS1v1_5)
        default: return false
        }
    }

    private var stringToSign: String {
        kind.signedMembers.compactMap { name in json[name]?.stringValue.map { "\(name)\n\($0)\n" } }.joined()
    }

    var signed: (at: Instant, within: Duration)? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let date = json["Timestamp"]?.stringValue.flatMap { text in (try? style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
        }
        return (date.map { Instant($0) } ?? Instant(milliseconds: 0), Self.window)
    }

    var mark: [UInt8]? { json["MessageId"]?.stringValue.map { Array("\(kind.rawValue) \($0)".utf8) } }

    /// Where the subscription is confirmed; nil for what is no such address of Amazon's.
    var confirmation: String? {
        guard kind == .subscription, let url = json["SubscribeURL"]?.stringValue, topic.owns(url) else { return nil }
        return url
    }

    func mails() throws(DeliveryProblem) -> [ProvidedMail] {
        guard kind == .notification, let text = json["Message"]?.stringValue, let message = try? JSON(parsing: text.utf8) else { return [] }
        guard message["notificationType"]?.stringValue == "Received" else { return [] }
        guard let content = message["content"]?.stringValue else {
            throw .refused(
                "The notification has no `content`. Let the receipt rule's action publish to the SNS topic itself; "
                    + "above 150 KB Amazon leaves the mail out, and it has to come by another way in.")
        }
        let action = message["receipt"]?["action"]
        var raw = Array(content.utf8)
        if action?["encoding"]?.stringValue?.uppercased() == "BASE64" {
            guard let data = Data(base64Encoded: content, options: .ignoreUnknownCharacters) else {
                throw .refused("`content` is said to be base64 and is not.")
            }
            raw = Array(data)
        }
        var recipients: [String] = []
        if case .array(let list)? = message["receipt"]?["recipients"] { recipients = list.compactMap(\.stringValue) }
        return [ProvidedMail(raw: raw, sender: message["mail"]?["source"]?.stringValue, recipients: recipients)]
    }
}

/// `arn:aws:sns:<region>:<account>:<name>`.
struct SNSTopic: Sendable, Hashable {
    let name: String
    /// The one host whose word counts for it.
    let host: String

    init?(_ arn: String) {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "sns", !parts[4].isEmpty, !parts[5].isEmpty, arn.utf8.count <= 512,
            !parts[3].isEmpty, parts[3].utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { return nil }
        switch parts[1] {
        case "aws", "aws-us-gov": host = "sns.\(parts[3]).amazonaws.com"
        case "aws-cn": host = "sns.\(parts[3]).amazonaws.com.cn"
        default: return nil
        }
        name = arn
    }

    /// Whether an address is one of Amazon SNS's in the topic's region, over HTTPS, with nothing odd in it.
    func owns(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url) else { return false }
        return parts.scheme == "https" && parts.host == host && (parts.port ?? 443) == 443 && parts.user == nil && parts.password == nil
            && parts.fragment == nil
    }
}
