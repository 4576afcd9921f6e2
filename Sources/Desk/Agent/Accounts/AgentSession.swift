import Conversations
import Store

/// What a signed-in browser or client holds. One random name finds the row; the cookie and the header carry different proofs derived
/// from it, so that whoever reads the header has no cookie; closing the row ends both.
public struct AgentSession: Sendable {
    /// How long a sign-in lasts.
    public static let lifetime = Duration.seconds(14 * 24 * 3600)

    /// Chatwoot's `client` header: 256 random bits.
    public let client: String
    /// Value of the cookie.
    public let cookie: String
    /// Chatwoot's `access-token` header.
    public let accessToken: String
    public let expiresAt: Instant

    init(client: String, expiresAt: Instant, secrets: Secrets) {
        self.client = client
        self.expiresAt = expiresAt
        cookie = "\(client).\(Self.proof(.cookie, client, secrets))"
        accessToken = Self.proof(.header, client, secrets)
    }

    private enum Way: String { case cookie, header }

    private static func proof(_ way: Way, _ client: String, _ secrets: Secrets) -> String {
        Secrets.hex(secrets.mac(.agentSession, "\(way.rawValue):\(client)"))
    }

    /// The random name in a cookie whose proof is right.
    static func client(inCookie value: String, secrets: Secrets) -> String? {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, value.utf8.count <= 256 else { return nil }
        let client = String(parts[0])
        return Secrets.equal(Array(parts[1].utf8), Array(proof(.cookie, client, secrets).utf8)) ? client : nil
    }

    /// The random name in the header, where the token proves it.
    static func client(inHeader client: String, token: String, secrets: Secrets) -> String? {
        guard client.utf8.count <= 256 else { return nil }
        return Secrets.equal(Array(token.utf8), Array(proof(.header, client, secrets).utf8)) ? client : nil
    }
}
