import Conversations
import Store

/// A new person of the team. The first one makes the account too.
public struct CreateAgent: Sendable {
    private let desk: Desk
    private let passwords: PasswordQueue

    public init(desk: Desk, passwords: PasswordQueue) {
        self.desk = desk
        self.passwords = passwords
    }

    public struct Created: Sendable {
        public let agent: Agent
        public let account: Account
        public let accessToken: String
    }

    /// - Parameters:
    ///   - account: where the agent works; nil means the first account, made on demand.
    ///   - password: nil makes one that nobody knows: the agent can be reached by token alone.
    public func run(
        name: String, email: String, password: String?, role: Agent.Role, account: ID<Account>? = nil
    ) async throws -> Created {
        let name = try required(name, "a name", longest: 255)
        let email = try address(email)
        if let password { try Password.check(password) }
        let salt = desk.random(16)
        let words = password ?? desk.randomHex(32)
        let hash = try await passwords.run { try Password(words, salt: salt).stored }
        let desk = self.desk
        return try await desk.database.write { tx in
            let home = try account.flatMap { try tx.account($0) } ?? tx.firstAccount()
            let account = try home ?? tx.createAccount(name: "Support", locale: "en", at: desk.now())
            let agent = try desk.addAgent(name: name, email: email, passwordHash: hash, role: role, to: account.id, tx)
            return Created(agent: agent.agent, account: account, accessToken: agent.accessToken)
        }
    }
}

extension Desk {
    /// Puts a new person into an account.
    ///
    /// - Parameters: name, email: as `required` and `address` give them.
    func addAgent(
        name: String, email: String, passwordHash: String, role: Agent.Role, to account: ID<Account>, _ tx: any Connection
    ) throws -> (agent: Agent, accessToken: String) {
        if try tx.credentials(forEmail: email) != nil {
            throw DeskError.invalid("There is an agent with this address already.", attributes: ["email"])
        }
        try refuseAgentOnReplyDomain(email, in: account, tx)
        // The tokens depend on the agent's number, which the insert gives: the row is written with placeholders first.
        let nonce = randomHex(16)
        let agent = try tx.createAgent(
            account: account, name: name, email: email, role: role, passwordHash: passwordHash, tokenNonce: nonce,
            accessTokenHash: randomHex(32), streamTokenHash: randomHex(32), at: now())
        let tokens = AgentTokens(agent: agent.id, nonce: nonce, secrets: secrets)
        try tx.setTokens(
            of: agent.id, nonce: nonce, accessTokenHash: Secrets.hash(tokens.access), streamTokenHash: Secrets.hash(tokens.stream))
        try journal(tx).agent(.agentUpdated, agent)
        return (agent, tokens.access)
    }
}
