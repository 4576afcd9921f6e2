import Conversations
import Crypto
import Foundation

/// The visitor's session as a signed token: a JSON Web Token (RFC 7519) with HS256 (RFC 7518 §3.2), as Chatwoot's widgets expect it.
public struct VisitorToken: Codable, Sendable, Equatable {
    /// How long a session lives without coming back.
    public static let lifetime = Duration.seconds(180 * 86_400)
    /// Longer ones were never issued.
    static let longest = 1_000

    public var sourceID: String
    public var inboxID: Int64
    /// Unix seconds.
    public var expiresAt: Int64
    public var issuedAt: Int64

    enum CodingKeys: String, CodingKey {
        case sourceID = "source_id"
        case inboxID = "inbox_id"
        case expiresAt = "exp"
        case issuedAt = "iat"
    }

    private struct Header: Codable { var alg: String }

    init(sourceID: String, inboxID: ID<Inbox>, at now: Instant) {
        self.sourceID = sourceID
        self.inboxID = inboxID.value
        issuedAt = now.seconds
        expiresAt = (now + Self.lifetime).seconds
    }

    /// Reads and checks a token; nil where it is not ours, was changed, or is over.
    init?(_ text: String, secrets: Secrets, now: Instant) {
        let parts = text.utf8.count <= Self.longest ? text.split(separator: ".", omittingEmptySubsequences: false) : []
        guard parts.count == 3, let head = Data(base64URL: parts[0]), let body = Data(base64URL: parts[1]),
            let mark = Data(base64URL: parts[2]),
            let header = try? JSONDecoder().decode(Header.self, from: head), header.alg == "HS256",
            Secrets.equal(Array(mark), Self.signature("\(parts[0]).\(parts[1])", secrets)),
            let token = try? JSONDecoder().decode(VisitorToken.self, from: body), token.expiresAt > now.seconds
        else { return nil }
        self = token
    }

    /// The token's text.
    func signed(by secrets: Secrets) -> String {
        let head = Data(#"{"alg":"HS256","typ":"JWT"}"#.utf8).base64URL
        let body = Data(
            JSON.object([
                ("source_id", .string(sourceID)), ("inbox_id", .integer(inboxID)), ("exp", .integer(expiresAt)),
                ("iat", .integer(issuedAt)),
            ]).bytes
        ).base64URL
        return "\(head).\(body).\(Data(Self.signature("\(head).\(body)", secrets)).base64URL)"
    }

    private static func signature(_ text: String, _ secrets: Secrets) -> [UInt8] {
        let key = SymmetricKey(data: secrets.mac(.visitorSession, "HS256"))
        return Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }
}

extension Data {
    /// Base64 in the alphabet for addresses, without padding (RFC 4648 §5).
    fileprivate var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    fileprivate init?(base64URL text: some StringProtocol) {
        let plain = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        self.init(base64Encoded: String(plain) + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }
}
