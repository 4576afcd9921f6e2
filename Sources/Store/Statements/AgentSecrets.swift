import Conversations

/// What changes of an agent's secrets.
extension Connection {
    /// A new nonce with the hashes of the tokens that it gives; the old tokens are worth nothing from now on.
    public func setTokens(of agent: ID<Agent>, nonce: String, accessTokenHash: String, streamTokenHash: String) throws {
        try run(
            "UPDATE agents SET token_nonce = ?, access_token_hash = ?, stream_token_hash = ? WHERE id = ?",
            [nonce, accessTokenHash, streamTokenHash, agent])
    }

    public func setPassword(of agent: ID<Agent>, hash: String) throws {
        try run("UPDATE agents SET password_hash = ? WHERE id = ?", [hash, agent])
    }

    /// Ends every sign-in of an agent.
    public func closeAgentSessions(of agent: ID<Agent>) throws {
        try run("DELETE FROM agent_sessions WHERE agent_id = ?", [agent])
    }
}
