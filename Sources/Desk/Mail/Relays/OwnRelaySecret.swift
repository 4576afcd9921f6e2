import Conversations
import Foundation
import MailTransport
import Store

/// What is kept, sealed, of an inbox's own relay: its URL with the password; or, where it signs in with a token that ends, the URL without one and
/// what a fresh token is fetched with.
struct OwnRelaySecret: Sendable {
    var url: String
    var grant: OAuthGrant?

    private struct WithGrant: Codable {
        var url: String
        var grant: OAuthGrant
    }

    init(url: String, grant: OAuthGrant?) {
        self.url = url
        self.grant = grant
    }

    init(text: String) throws {
        if text.hasPrefix("{") {
            let kept = try JSONDecoder().decode(WithGrant.self, from: Data(text.utf8))
            self.init(url: kept.url, grant: kept.grant)
        } else {
            self.init(url: text, grant: nil)
        }
    }

    var text: String {
        get throws {
            guard let grant else { return url }
            return String(decoding: try JSONEncoder().encode(WithGrant(url: url, grant: grant)), as: UTF8.self)
        }
    }

    /// The URL to connect with; a token stands in it as a password would.
    var openURL: String {
        guard let grant, var parts = URLComponents(string: url) else { return url }
        parts.password = grant.accessToken ?? "none"
        if !(parts.queryItems ?? []).contains(where: { $0.name == "auth" }) {
            parts.queryItems = (parts.queryItems ?? []) + [URLQueryItem(name: "auth", value: "xoauth2")]
        }
        return parts.string ?? url
    }
}

extension OwnRelays {
    /// The settings of an inbox's relay with a token that holds, where it signs in with one.
    /// - Throws: `TokenProblem`, or what the store throws.
    func fresh(_ row: InboxRelay) async throws -> InboxRelay {
        guard let secret = try? OwnRelaySecret(text: SealedSecret.open(row.secret, for: row.place, by: desk.secrets)), secret.grant != nil
        else {
            return row
        }
        await desk.tokenTurns.take(row.place)
        do {
            let fresh = try await refreshed(row)
            await desk.tokenTurns.give(row.place)
            return fresh
        } catch {
            await desk.tokenTurns.give(row.place)
            throw error
        }
    }

    private func refreshed(_ found: InboxRelay) async throws -> InboxRelay {
        let desk = self.desk
        // Another may have fetched one while we waited for our turn.
        guard let row = try await desk.database.read({ try $0.relay(of: found.inboxID) }) else { return found }
        let secret = try OwnRelaySecret(text: SealedSecret.open(row.secret, for: row.place, by: desk.secrets))
        guard let grant = secret.grant, !grant.isFresh(at: desk.now()) else { return row }
        // The server may have taken the old refresh token back with its answer: so the new one is written down, whoever stops meanwhile.
        return try await uncancelled { try await self.renew(grant, of: row, secret) }
    }

    private func renew(_ grant: OAuthGrant, of row: InboxRelay, _ secret: OwnRelaySecret) async throws -> InboxRelay {
        let desk = self.desk
        var secret = secret
        secret.grant = try await RefreshToken(desk: desk).run(grant)
        var renewed = row
        renewed.secret = try SealedSecret.seal(secret.text, for: row.place, by: desk.secrets)
        let (fresh, after) = (secret.grant, renewed)
        return try await desk.database.write { tx in
            guard var kept = try tx.relay(of: after.inboxID) else { return after }
            if kept.secret == row.secret {
                try tx.keepRelay(after)
                return after
            }
            // Not over settings that were written meanwhile, but into them where they have the refresh token that was used up.
            var other = try OwnRelaySecret(text: SealedSecret.open(kept.secret, for: kept.place, by: desk.secrets))
            guard other.grant?.isSame(as: grant) ?? false else { return after }
            other.grant = fresh
            kept.secret = try SealedSecret.seal(other.text, for: kept.place, by: desk.secrets)
            try tx.keepRelay(kept)
            return kept
        }
    }
}

extension Desk {
    /// The relay has refused a token that should hold: the next mail fetches another. One that was fetched just now is not given a second chance.
    /// - Returns: whether there is anything to try.
    func forgetRefusedToken(of relay: MailWayOut.Relay, _ tx: any Connection) throws -> Bool {
        guard let owner = relay.owner, var row = try tx.relay(of: owner.inbox),
            var secret = try? OwnRelaySecret(text: SealedSecret.open(row.secret, for: row.place, by: secrets)),
            var grant = secret.grant, let obtained = grant.obtainedAt, obtained + 60_000 < now().milliseconds
        else { return false }
        grant.expiresAt = 0
        secret.grant = grant
        row.secret = try SealedSecret.seal(secret.text, for: row.place, by: secrets)
        try tx.keepRelay(row)
        return true
    }
}
