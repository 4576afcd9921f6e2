import Conversations
import Crypto
import Foundation

/// What a provider's request says, read without trust, and by which key it proves itself.
protocol ProviderDelivery: Sendable {
    /// Whether whoever sent it has this key.
    func isProven(by key: ProviderKey) async throws(DeliveryProblem) -> Bool
    /// Reads what is only read of a request that is proven: JSON takes many times its size in memory. Asked before what stands below.
    mutating func open() throws(DeliveryProblem)
    /// When it was signed, and for how long after that the provider may still deliver it; nil where nothing is signed.
    var signed: (at: Instant, within: Duration)? { get }
    /// What no two deliveries share, so that one is taken once; nil where a password alone proves it: who has that needs no old request.
    var mark: [UInt8]? { get }
    /// The mails in it; none where it is about something else.
    func mails() throws(DeliveryProblem) -> [ProvidedMail]
}

extension ProviderDelivery {
    func open() {}
}

/// The largest time by which a provider's clock may be ahead of ours.
let clockSkew = Duration.seconds(300)

/// HTTP Basic (RFC 7617) with the inbox's key as the password.
struct BasicPassword: Sendable {
    private let user: Substring
    private let password: Substring
    private let wantsActionMailbox: Bool

    init?(_ request: ProviderRequest) {
        guard let header = request.headers["authorization"], header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: header.dropFirst(6).trimmingCharacters(in: .whitespaces))
        else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":") else { return nil }
        user = text[..<colon]
        password = text[text.index(after: colon)...]
        wantsActionMailbox = request.isActionMailbox
    }

    /// Rails' Action Mailbox knows one user; on our own paths the name does not matter. Compared as hashes: in constant time, whatever the
    /// lengths.
    func matches(_ key: ProviderKey) -> Bool {
        let isUser = !wantsActionMailbox || user == "actionmailbox"
        return Secrets.equal(Array(SHA256.hash(data: Data(password.utf8))), Array(SHA256.hash(data: Data(key.secret.utf8)))) && isUser
    }
}
