import Conversations
import Crypto
import Foundation

/// Mandrill signs the address and the form's fields, sorted by their names, with HMAC-SHA1, and hands over several mails at once.
struct MandrillDelivery: ProviderDelivery {
    /// Its signature has no time of its own: the newest mail's counts.
    static let window = Duration.seconds(73 * 3_600)

    private let request: ProviderRequest
    private let signature: Data
    private let field: [UInt8]
    private var events: [JSON] = []

    init(_ request: ProviderRequest) throws(DeliveryProblem) {
        guard let signature = request.headers["x-mandrill-signature"].flatMap({ Data(base64Encoded: $0) }) else {
            throw .unproven("Mandrill's signature is missing.")
        }
        guard let field = request.field("mandrill_events") else { throw .refused(Self.noList) }
        self.request = request
        self.signature = signature
        self.field = field
    }

    private static let noList = "`mandrill_events` is missing or is not a list."

    mutating func open() throws(DeliveryProblem) {
        guard case .array(let events)? = try? JSON(parsing: field) else { throw .refused(Self.noList) }
        self.events = events
    }

    func isProven(by key: ProviderKey) -> Bool {
        var signed = Data(request.url.utf8)
        for field in request.fields.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            signed += Data(field.name.utf8) + field.value
        }
        return HMAC<Insecure.SHA1>.isValidAuthenticationCode(
            signature, authenticating: signed, using: SymmetricKey(data: Data(key.secret.utf8)))
    }

    var signed: (at: Instant, within: Duration)? {
        guard !events.isEmpty else { return nil }
        let times = events.compactMap { event -> Int64? in
            if case .integer(let seconds)? = event["ts"] { seconds } else { nil }
        }
        return (times.max().flatMap(Instant.init(unixSeconds:)) ?? Instant(milliseconds: 0), Self.window)
    }

    var mark: [UInt8]? { events.isEmpty ? nil : Array(signature) }

    func mails() -> [ProvidedMail] {
        events.compactMap { event in
            guard event["event"]?.stringValue == "inbound", let mail = event["msg"], let raw = mail["raw_msg"]?.stringValue else {
                return nil
            }
            return ProvidedMail(
                raw: Array(raw.utf8), sender: mail["sender"]?.stringValue ?? mail["from_email"]?.stringValue,
                recipients: [mail["email"]?.stringValue].compactMap { $0 })
        }
    }
}
