import Conversations
import Store

/// An agent signs in with address and password. Wrong address and wrong password are one answer and the same work.
public struct SignIn: Sendable {
    private let desk: Desk
    private let passwords: PasswordQueue
    private let limits = SignInLimits()
    /// Hashed for an unknown address, so that time does not tell who exists.
    private let nobody = Password(stored: "scrypt$15$8$1$00112233445566778899aabbccddeeff$" + String(repeating: "0", count: 64))

    public init(desk: Desk, passwords: PasswordQueue) {
        self.desk = desk
        self.passwords = passwords
    }

    public struct SignedIn: Sendable {
        public let credentials: AgentCredentials
        public let account: Account
        public let session: AgentSession
    }

    /// - Parameter remote: the host that asks, for counting.
    public func run(email: String, password: String, remote: String) async throws -> SignedIn {
        let email = String(email.trimmingWhitespace.lowercased().prefix(254))
        guard limits.allows(address: email, remote: remote, now: desk.now()) else {
            throw DeskError.tooMany("Too many wrong passwords. Wait a quarter of an hour, then try again.")
        }
        let known = try await desk.database.read { try $0.credentials(forEmail: email) }
        let stored = known.flatMap { Password(stored: $0.passwordHash) } ?? nobody
        let right = try await passwords.run { try stored?.isMade(of: password) ?? false }
        guard right, let known, !password.isEmpty else {
            limits.failed(address: email, remote: remote, now: desk.now())
            throw DeskError.signInNeeded("Address or password is wrong. Please try again.")
        }
        limits.succeeded(address: email)
        let desk = self.desk
        return try await desk.database.write { tx in
            guard let account = try tx.account(known.agent.accountID) else { throw DeskError.signInNeeded("This account is gone.") }
            return SignedIn(credentials: known, account: account, session: try desk.openSession(of: known.agent.id, tx))
        }
    }
}

extension Desk {
    func openSession(of agent: ID<Agent>, _ tx: any Connection) throws -> AgentSession {
        let session = AgentSession(client: randomHex(32), expiresAt: now() + AgentSession.lifetime, secrets: secrets)
        try tx.openAgentSession(tokenHash: Secrets.hash(session.client), agent: agent, at: now(), until: session.expiresAt)
        return session
    }
}

/// Ends a session, whichever way it was shown.
public struct SignOut: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ proof: AgentProof) async throws {
        guard let client = proof.sessionClient(desk.secrets) else { return }
        try await desk.database.write { try $0.closeAgentSession(tokenHash: Secrets.hash(client)) }
    }
}

extension String {
    var trimmingWhitespace: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
