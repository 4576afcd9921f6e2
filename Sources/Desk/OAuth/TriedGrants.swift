import Conversations
import MailTransport
import Synchronization

/// What the tests of settings got from token servers. A server may take a refresh token back when it gives the next one (RFC 6749 §6): then what an
/// administrator typed, and tried, would be good no more when it is saved. So that is remembered, in memory alone.
final class TriedGrants: Sendable {
    static let most = 100

    /// By a hash of what was typed; the oldest first.
    private let kept = Mutex<[(key: String, latest: OAuthGrant)]>([])

    /// What stands in the place of a grant by now: itself, where it was not tried.
    func latest(of grant: OAuthGrant) -> OAuthGrant {
        let key = Self.key(grant)
        return kept.withLock { kept in kept.first { $0.key == key }?.latest ?? grant }
    }

    func remember(_ fresh: OAuthGrant, for typed: OAuthGrant) {
        let key = Self.key(typed)
        kept.withLock { kept in
            kept.removeAll { $0.key == key }
            if kept.count >= Self.most { kept.removeFirst() }
            kept.append((key, fresh))
        }
    }

    /// Somebody has used a grant up and got another: that one is the latest now.
    func follow(_ used: OAuthGrant, to fresh: OAuthGrant) {
        kept.withLock { kept in
            for index in kept.indices where kept[index].latest.isSame(as: used) { kept[index].latest = fresh }
        }
    }

    /// All that is in a grant is printable: a line end stands in none of it.
    static func key(_ grant: OAuthGrant) -> String {
        Secrets.sha256(Array([grant.tokenURL, grant.clientID, grant.clientSecret ?? "", grant.refreshToken].joined(separator: "\n").utf8))
    }
}

extension Desk {
    /// Fetches a token with a grant as it was typed, to try it.
    /// - Throws: `TokenProblem`.
    func tryGrant(_ typed: OAuthGrant) async throws -> OAuthGrant {
        let place = "tried \(TriedGrants.key(typed))"
        await tokenTurns.take(place)
        do {
            let fresh = try await uncancelled {
                let fresh = try await RefreshToken(desk: self).run(triedGrants.latest(of: typed))
                triedGrants.remember(fresh, for: typed)
                return fresh
            }
            await tokenTurns.give(place)
            return fresh
        } catch {
            await tokenTurns.give(place)
            throw error
        }
    }
}
