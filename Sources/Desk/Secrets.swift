import Crypto
import Foundation

/// The installation's secret and all that is derived from it.
///
/// Tokens are derived from the secret and a stored nonce; the store keeps only their hash. A copy of the database alone gives no
/// token away, and a mail can still be written again with the same one.
public struct Secrets: Sendable {
    private let key: SymmetricKey

    /// - Parameter key: at least 32 random bytes, kept beside the database, not in it.
    public init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// 128 bits in 32 hex digits for one purpose and one subject.
    public func token(_ purpose: Purpose, _ subject: String) -> String { Self.hex(mac(purpose, subject).prefix(16)) }

    /// This installation's name in the mails that leave: one that comes back with it is a loop.
    public var installation: String { token(.mute, "installation") }

    /// 256 bits for one purpose and one subject.
    public func mac(_ purpose: Purpose, _ subject: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data("\(purpose.rawValue)\u{0}\(subject)".utf8), using: key))
    }

    /// Whether a token is the one for this purpose and subject, compared in constant time.
    public func isToken(_ token: String, _ purpose: Purpose, _ subject: String) -> Bool {
        Self.equal(Array(token.utf8), Array(self.token(purpose, subject).utf8))
    }

    /// What the store keeps of a token.
    public static func hash(_ token: String) -> String { hex(SHA256.hash(data: Data(token.utf8))) }

    public static func sha256(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

    /// Compares without telling by its time where two differ.
    public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    public static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Bytes from the system's generator.
    public static let systemRandom: @Sendable (Int) -> [UInt8] = { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// What a derived value is for; two purposes never share one.
    public enum Purpose: String, Sendable {
        case agentAccess = "agent-access"
        case agentStream = "agent-stream"
        /// Proves an agent's sign-in.
        case agentSession = "agent-session"
        case visitorStream = "visitor-stream"
        /// Signs the visitor's session token.
        case visitorSession = "visitor-session"
        /// Seals the mail that the store keeps.
        case keptMail = "kept-mail"
        /// Seals the keys and passwords that the store keeps for others.
        case keptSecret = "kept-secret"
        case reply
        case bounce
        /// The probe of a continuity check.
        case probe
        /// An agent's own reply address.
        case agentReply = "agent-reply"
        /// The hidden mark in the quoted body.
        case marker
        case attachment
        case mute
        /// A survey's page behind the links of a mail.
        case survey
        /// Six digits that open a conversation on a new device.
        case chatCode = "chat-code"
        /// A file behind a link in a mail, until a moment.
        case mailedFile = "mailed-file"
    }
}
