import Conversations
import Foundation
import MailTransport

/// What a token server wants to see for a fresh access token (RFC 6749 §6), and the last token that it gave. Only ever kept sealed.
struct OAuthGrant: Sendable, Codable, Equatable {
    /// As an administrator writes it.
    struct Draft: Sendable {
        var tokenURL: String?
        var clientID: String?
        var clientSecret: String?
        var refreshToken: String?

        var isEmpty: Bool { [tokenURL, clientID, clientSecret, refreshToken].allSatisfy { $0?.nonEmpty == nil } }
    }

    var tokenURL: String
    var clientID: String
    var clientSecret: String?
    var refreshToken: String
    var accessToken: String?
    /// In milliseconds since 1970, as `expiresAt`.
    var obtainedAt: Int64?
    var expiresAt: Int64?

    /// - Throws: `DeskError.invalid` with a sentence that names the field.
    init(_ draft: Draft) throws {
        guard let url = draft.tokenURL?.nonEmpty, OAuthTokenServer(url: url) != nil else {
            throw DeskError.invalid(
                "Give the token server's address, for example https://oauth2.googleapis.com/token. It has to begin with https://.",
                attributes: ["token_url"])
        }
        guard let client = draft.clientID?.nonEmpty, Self.isPlain(client) else {
            throw DeskError.invalid("Give the client id that the provider gave your application.", attributes: ["client_id"])
        }
        let secret = draft.clientSecret?.nonEmpty
        guard secret.map(Self.isPlain) ?? true else { throw DeskError.invalid("That is no client secret.", attributes: ["client_secret"]) }
        guard let token = draft.refreshToken?.nonEmpty, Self.isPlain(token) else {
            throw DeskError.invalid("Give the refresh token.", attributes: ["refresh_token"])
        }
        (tokenURL, clientID, clientSecret, refreshToken) = (url, client, secret, token)
    }

    /// Whether the access token will still hold for a while.
    func isFresh(at now: Instant) -> Bool { accessToken != nil && (expiresAt ?? 0) > (now + RefreshToken.margin).milliseconds }

    /// Whether it is used up where the other one is.
    func isSame(as other: OAuthGrant) -> Bool {
        (tokenURL, clientID, clientSecret, refreshToken) == (other.tokenURL, other.clientID, other.clientSecret, other.refreshToken)
    }

    private static func isPlain(_ text: String) -> Bool { text.utf8.count <= 8_000 && text.utf8.allSatisfy { 0x21...0x7E ~= $0 } }

    /// - Throws: where the text is not what `text` made.
    init(text: String) throws { self = try JSONDecoder().decode(OAuthGrant.self, from: Data(text.utf8)) }

    var text: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }
}

/// Where tokens are given out: encrypted, by its own name, with nothing in the address that is not to be read.
struct OAuthTokenServer: Sendable, Equatable {
    var address: WebAddress
    var path: String

    init?(url text: String) {
        guard text.utf8.count <= 1_000, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), let url = URLComponents(string: text),
            url.scheme == "https",
            let host = url.host, !host.isEmpty, url.user == nil, url.password == nil, url.fragment == nil, url.query == nil
        else { return nil }
        let port = url.port ?? 443
        guard (1...65_535).contains(port) else { return nil }
        address = WebAddress(host: host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")), port: port)
        path = url.percentEncodedPath.isEmpty ? "/" : url.percentEncodedPath
    }
}
