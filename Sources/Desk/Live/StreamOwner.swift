import Conversations
import Store

/// Whose event stream it is.
public struct StreamOwner: Hashable, Sendable {
    /// Whose presence it shows.
    public let subject: PresenceSubject
    /// What may be read on it.
    public let audience: Audience
    public let account: ID<Account>

    public init(subject: PresenceSubject, audience: Audience, account: ID<Account>) {
        self.subject = subject
        self.audience = audience
        self.account = account
    }
}

/// Finds the owner of a stream token, agent or visitor.
public struct AuthenticateStream: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// nil where the token is nobody's.
    public func run(_ token: String) async throws -> StreamOwner? {
        // Tokens are 32 hex digits; anything else need not trouble the store.
        guard token.utf8.count == 32 else { return nil }
        let hash = Secrets.hash(token)
        return try await desk.database.read { tx in
            if let session = try tx.visitorSession(streamTokenHash: hash) {
                return StreamOwner(
                    subject: .visitor(session.id), audience: .visitor(session.contactID, session.inboxID), account: session.accountID)
            }
            guard let agent = try tx.credentials(streamTokenHash: hash)?.agent else { return nil }
            return StreamOwner(subject: .agent(agent.id), audience: .agents(agent.accountID), account: agent.accountID)
        }
    }
}
