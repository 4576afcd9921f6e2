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
        let known = kept?.revision == stored.revision ? kept?.secret ?? stored.secret : stored.secret
        var mailbox = stored
        mailbox.secret = known
        let grant = try OAuthGrant(text: SealedSecret.open(known, for: stored.place, by: secrets))
        guard !grant.isFresh(at: now()) || anew && known == stored.secret else { return try imapMailbox(mailbox) }
        let fresh = try await RefreshToken(desk: self).run(grant)
        let sealed = try SealedSecret.seal(fresh.text, for: stored.place, by: secrets)
        mailbox.secret = sealed
        try await database.write { try $0.keepIMAPSecret(of: stored, sealed) }
        return try imapMailbox(mailbox)
    }
}
