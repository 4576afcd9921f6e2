import Conversations
import Foundation
import MailTransport
import Store

/// Why there is no fresh access token.
struct TokenProblem: Error, Sendable, CustomStringConvertible {
    /// The token server says no: trying again does not help until an administrator has allowed access anew.
    var isForGood: Bool
    /// A sentence for the administrator.
    var description: String
}

/// Has a token server give a fresh access token for a refresh token (RFC 6749 §6). One request to an address that an administrator wrote: by HTTPS
/// alone, followed nowhere else, and not to where a cloud keeps its machines' keys.
struct RefreshToken: Sendable {
    /// Tokens are fetched so long before they end.
    static let margin = Duration.seconds(120)
    /// RFC 6749 §5.1 leaves the lifetime away where it is known otherwise; an hour is what servers mean.
    private static let usualLife: Int64 = 3_600

    let desk: Desk

    func run(_ grant: OAuthGrant) async throws(TokenProblem) -> OAuthGrant {
        guard let server = OAuthTokenServer(url: grant.tokenURL) else {
            throw TokenProblem(isForGood: true, description: "The token server's address is not valid. Write it again.")
        }
        let host = server.address.host
        switch await ask(server, grant) {
        case .answered(let answer):
            let json = (try? JSON(parsing: answer.body)) ?? .null
            if answer.status == 200, let token = json["access_token"]?.stringValue, Self.isToken(token) {
                let fresh = renewed(grant, token, json)
                desk.triedGrants.follow(grant, to: fresh)
                return fresh
            }
            // RFC 6749 §5.2; a server that is busy says 429 or 5xx.
            let isForGood = (400...403).contains(answer.status)
            let words = Self.words(json, answer.status, hiding: grant)
            throw TokenProblem(
                isForGood: isForGood,
                description: isForGood
                    ? "The token server \(host) refuses the refresh token: \(words). Allow access there anew, and write the new refresh token."
                    : "The token server \(host) gave no token: \(words).")
        case .notSent(let words, let isFault):
            throw TokenProblem(isForGood: isFault, description: "The token server \(host) cannot be asked: \(words).")
        case .unanswered(let words): throw TokenProblem(isForGood: false, description: "The token server \(host) gave no token: \(words).")
        }
    }

    private func ask(_ server: OAuthTokenServer, _ grant: OAuthGrant) async -> WebOutcome {
        var timeouts = WebClient.Timeouts()
        (timeouts.connect, timeouts.sending, timeouts.answer) = (.seconds(10), .seconds(10), .seconds(20))
        var fields = [("grant_type", "refresh_token"), ("refresh_token", grant.refreshToken), ("client_id", grant.clientID)]
        if let secret = grant.clientSecret { fields.append(("client_secret", secret)) }
        let body = fields.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        do {
            return try await WebClient(timeouts: timeouts, additionalTrustRoots: desk.options.trustedCertificates).run(
                WebRequest(
                    address: server.address, path: server.path, headers: headers.map { (name: $0.0, value: $0.1) }, body: Array(body.utf8)))
        } catch {
            return .notSent("\(error)", isFault: false)
        }
    }

    private func renewed(_ grant: OAuthGrant, _ token: String, _ json: JSON) -> OAuthGrant {
        var fresh = grant
        var life = Self.usualLife
        if case .integer(let seconds)? = json["expires_in"] { life = min(max(seconds, 60), 30 * 86_400) }
        fresh.accessToken = token
        fresh.obtainedAt = desk.now().milliseconds
        fresh.expiresAt = desk.now().milliseconds + life * 1_000
        // Some give a new refresh token each time, and the old one is good no more (RFC 6749 §6).
        if let next = json["refresh_token"]?.stringValue, Self.isToken(next) { fresh.refreshToken = next }
        return fresh
    }

    private static func isToken(_ text: String) -> Bool {
        (1...10_000).contains(text.utf8.count) && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    }

    /// `error` and `error_description` of its answer, without what is secret.
    private static func words(_ json: JSON, _ status: Int, hiding grant: OAuthGrant) -> String {
        var words = ["error", "error_description"].compactMap { json[$0]?.stringValue }.joined(separator: ", ")
        for secret in [grant.refreshToken, grant.clientSecret, grant.accessToken].compactMap({ $0 }) {
            words = words.replacing(secret, with: "…")
        }
        words = String(words.filter { !$0.isNewline }.prefix(200))
        return words.isEmpty ? "it answered \(status)" : words
    }

    private static func escaped(_ text: String) -> String {
        var bytes = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(Character(UnicodeScalar(byte)))
            default: bytes += "%" + Secrets.hex([byte]).uppercased()
            }
        }
        return bytes
    }
}

/// One fetches a token for a mailbox or a relay at a time: the refresh token that another has just used may be good no more.
final actor TokenTurns {
    private var busy: Set<String> = []
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    func take(_ place: String) async {
        guard busy.contains(place) else {
            busy.insert(place)
            return
        }
        await withCheckedContinuation { waiting[place, default: []].append($0) }
    }

    func give(_ place: String) {
        if var next = waiting[place], !next.isEmpty {
            let first = next.removeFirst()
            waiting[place] = next.isEmpty ? nil : next
            first.resume()
        } else {
            busy.remove(place)
        }
    }
}
