import Conversations
import MailTransport
import Store

extension Desk {
    /// A mailbox with a secret that holds: where that is a token which ends, a fresh one is fetched and kept.
    /// - Parameter anew: the server has refused the token that is kept.
    /// - Throws: `TokenProblem`, `SealedSecret.CannotOpen`.
    func freshIMAPMailbox(_ stored: StoredIMAPMailbox, anew: Bool = false) async throws -> IMAPMailbox {
        guard stored.signIn == .oauth else { return try imapMailbox(stored) }
        await tokenTurns.take(stored.place)
        do {
            let fresh = try await freshMailbox(stored, anew: anew)
            await tokenTurns.give(stored.place)
            return fresh
        } catch {
            await tokenTurns.give(stored.place)
            throw error
        }
    }

    private func freshMailbox(_ stored: StoredIMAPMailbox, anew: Bool) async throws -> IMAPMailbox {
        // Another may have fetched one while we waited for our turn.
        let kept = try await database.read { try $0.imapMailbox(of: stored.inboxID) }
        var mailbox = stored
        if let kept, kept.signIn == .oauth, kept.host == stored.host, kept.user == stored.user { mailbox.secret = kept.secret }
        let known = mailbox.secret
        let grant = try OAuthGrant(text: SealedSecret.open(known, for: stored.place, by: secrets))
        guard !grant.isFresh(at: now()) || anew && known == stored.secret else { return try imapMailbox(mailbox) }
        // The server may have taken the old refresh token back with its answer: so the new one is written down, whoever stops meanwhile.
        mailbox.secret = try await uncancelled { try await renew(grant, inPlaceOf: known, stored) }
        return try imapMailbox(mailbox)
    }

    /// - Returns: the fresh grant, sealed.
    private func renew(_ grant: OAuthGrant, inPlaceOf known: [UInt8], _ mailbox: StoredIMAPMailbox) async throws -> [UInt8] {
        let fresh = try await RefreshToken(desk: self).run(grant)
        let sealed = try SealedSecret.seal(fresh.text, for: mailbox.place, by: secrets)
        try await database.write { tx in
            guard try !tx.keepIMAPSecret(of: mailbox.inboxID, sealed, inPlaceOf: known) else { return }
            // The same refresh token was written once more meanwhile.
            guard let kept = try tx.imapMailbox(of: mailbox.inboxID), kept.signIn == .oauth,
                try OAuthGrant(text: SealedSecret.open(kept.secret, for: kept.place, by: secrets)).isSame(as: grant)
            else { return }
            try tx.keepIMAPSecret(of: mailbox.inboxID, sealed, inPlaceOf: kept.secret)
        }
        return sealed
    }
}
