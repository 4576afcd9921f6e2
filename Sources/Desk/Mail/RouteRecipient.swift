import Continuity
import Conversations
import Store

/// Where a mail to one address would go: decided at `RCPT TO`, so that nobody gets a promise for a mailbox that is not there.
public struct RouteRecipient: Sendable {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// The account that takes mail for this address; nil for an address that is none of ours.
    public func run(_ address: String) async throws -> ID<Account>? {
        try await desk.database.read { try account(for: address, $0) }
    }

    /// A reply token that was ever given out, a bounce token of one of our mails, or an `email` inbox (behaviour §5.1).
    func account(for address: String, _ tx: any Connection) throws -> ID<Account>? {
        let facts = MailFacts(envelopeRecipients: [address])
        for token in MailEvidence.bounceTokens(facts) {
            let hash = Secrets.hash(token)
            if let account = try tx.outboxMail(bounceHash: hash)?.accountID ?? tx.check(tokenHash: hash)?.accountID { return account }
        }
        for candidate in MailEvidence.candidates(facts) where candidate.kind == .replyToken {
            let hash = Secrets.hash(candidate.value)
            if let account = try tx.replyToken(hash: hash)?.accountID ?? tx.check(tokenHash: hash)?.accountID { return account }
        }
        return try inbox(for: address, tx)?.accountID
    }

    /// The `email` inbox behind an address, with or without a `+detail`; behind a domain's postmaster any.
    func inbox(for address: String, _ tx: any Connection) throws -> Inbox? {
        let key = address.lowercased()
        if let inbox = try tx.emailInbox(address: key) ?? PostmasterInbox(desk: desk).run(key, tx) { return inbox }
        guard key.withoutDetail != key else { return nil }
        // A token that was never issued is refused like any unknown mailbox.
        if looksLikeToken(key) { return nil }
        return try tx.emailInbox(address: key.withoutDetail)
    }

    /// Whether the address has the form of a reply address, whosever.
    func looksLikeToken(_ address: String) -> Bool {
        !MailEvidence.candidates(MailFacts(envelopeRecipients: [address])).isEmpty
    }
}

extension String {
    /// An address without its `+detail`.
    var withoutDetail: String {
        guard let at = lastIndex(of: "@"), let plus = self[..<at].firstIndex(of: "+") else { return self }
        return String(self[..<plus] + self[at...])
    }
}
