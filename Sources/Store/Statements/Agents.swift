import Conversations

/// What is kept of an agent beside what everybody may see.
public struct AgentCredentials: Sendable {
    public var agent: Agent
    public var passwordHash: String
    /// Goes into the derivation of the agent's tokens; a new one revokes them.
    public var tokenNonce: String
    public var uiSettings: String
}

extension Connection {
    private var agentColumns: String {
        "agents.id, agents.account_id, agents.name, agents.email, agents.role, agents.availability, agents.created_at"
    }

    private func agent(_ row: inout RowReader) throws -> Agent {
        Agent(
            id: try row.id(), accountID: try row.id(), name: try row.text(), email: try row.text(), role: try row.word(),
            availability: try row.word(), createdAt: try row.instant())
    }

    /// Hashes are SHA-256 in hex of the tokens; the tokens themselves are derived and never stored.
    public func createAgent(
        account: ID<Account>, name: String, email: String, role: Agent.Role, passwordHash: String, tokenNonce: String,
        accessTokenHash: String, streamTokenHash: String, at now: Instant
    ) throws -> Agent {
        let id = try insert(
            """
            INSERT INTO agents (account_id, name, email, password_hash, role, availability, token_nonce, access_token_hash, stream_token_hash, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            [
                account, name, email, passwordHash, role.rawValue, Agent.Availability.online.rawValue, tokenNonce, accessTokenHash,
                streamTokenHash, now,
            ])
        return Agent(id: ID(id), accountID: account, name: name, email: email, role: role, availability: .online, createdAt: now)
    }

    /// nil where they were removed.
    public func agent(_ id: ID<Agent>) throws -> Agent? {
        guard var row = try rows("SELECT \(agentColumns) FROM agents WHERE id = ? AND removed_at IS NULL", [id]).first?.reader()
        else { return nil }
        return try agent(&row)
    }

    public func agents(of account: ID<Account>) throws -> [Agent] {
        try rows("SELECT \(agentColumns) FROM agents WHERE account_id = ? AND removed_at IS NULL ORDER BY id LIMIT 1000", [account]).map {
            var row = $0.reader()
            return try agent(&row)
        }
    }

    /// Whoever wrote something, removed since or not.
    public func agents(_ ids: [ID<Agent>]) throws -> [Agent] {
        guard !ids.isEmpty else { return [] }
        return try rows("SELECT \(agentColumns) FROM agents WHERE id IN (\(placeholders(ids.count)))", ids).map {
            var row = $0.reader()
            return try agent(&row)
        }
    }

    /// Whether this address is an agent's of the account.
    public func agent(withEmail email: String, in account: ID<Account>) throws -> Agent? {
        guard var row = try rows("SELECT \(agentColumns) FROM agents WHERE email = ? AND account_id = ?", [email, account]).first?.reader()
        else { return nil }
        return try agent(&row)
    }

    public func credentials(forEmail email: String) throws -> AgentCredentials? {
        try credentials(where: "agents.email = ?", [email])
    }

    public func credentials(of id: ID<Agent>) throws -> AgentCredentials? {
        try credentials(where: "agents.id = ?", [id])
    }

    public func credentials(accessTokenHash hash: String) throws -> AgentCredentials? {
        try credentials(where: "agents.access_token_hash = ?", [hash])
    }

    public func credentials(streamTokenHash hash: String) throws -> AgentCredentials? {
        try credentials(where: "agents.stream_token_hash = ?", [hash])
    }

    public func credentials(sessionTokenHash hash: String, at now: Instant) throws -> AgentCredentials? {
        try credentials(
            where: "agents.id = (SELECT agent_id FROM agent_sessions WHERE token_hash = ? AND expires_at > ?)", [hash, now])
    }

    private func credentials(where condition: String, _ arguments: [(any Bindable)?]) throws -> AgentCredentials? {
        let sql =
            "SELECT \(agentColumns), password_hash, token_nonce, ui_settings FROM agents WHERE \(condition) AND agents.removed_at IS NULL"
        guard var row = try rows(sql, arguments).first?.reader() else { return nil }
        return AgentCredentials(
            agent: try agent(&row), passwordHash: try row.text(), tokenNonce: try row.text(), uiSettings: try row.text())
    }

    public func updateAgent(_ id: ID<Agent>, name: String, availability: Agent.Availability, uiSettings: String) throws {
        try run(
            "UPDATE agents SET name = ?, availability = ?, ui_settings = ? WHERE id = ?", [name, availability.rawValue, uiSettings, id])
    }

    /// What administrators change.
    public func updateAgent(_ changed: Agent) throws {
        try run(
            "UPDATE agents SET name = ?, role = ?, availability = ? WHERE id = ?",
            [changed.name, changed.role.rawValue, changed.availability.rawValue, changed.id])
    }

    public func openAgentSession(tokenHash: String, agent: ID<Agent>, at now: Instant, until: Instant) throws {
        try run("DELETE FROM agent_sessions WHERE agent_id = ? AND expires_at <= ?", [agent, now])
        try run(
            "INSERT INTO agent_sessions (token_hash, agent_id, created_at, expires_at) VALUES (?, ?, ?, ?)", [tokenHash, agent, now, until])
    }

    public func closeAgentSession(tokenHash: String) throws {
        try run("DELETE FROM agent_sessions WHERE token_hash = ?", [tokenHash])
    }
}
