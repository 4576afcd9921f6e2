import Conversations

/// The link by which the first administrator is made. At most one is kept.
extension Connection {
    /// Whether anybody may change settings.
    public func hasAdministrator() throws -> Bool {
        try !rows("SELECT 1 FROM agents WHERE role = ? LIMIT 1", [Agent.Role.administrator.rawValue]).isEmpty
    }

    /// - Parameter hash: SHA-256 in hex of the token in the link; the links before are worth nothing from now on.
    public func setSetupLink(hash: String, until: Instant) throws {
        try forgetSetupLinks()
        try run("INSERT INTO setup_links (token_hash, expires_at) VALUES (?, ?)", [hash, until])
    }

    public func isSetupLink(hash: String, at now: Instant) throws -> Bool {
        try !rows("SELECT 1 FROM setup_links WHERE token_hash = ? AND expires_at > ?", [hash, now]).isEmpty
    }

    public func forgetSetupLinks() throws { try run("DELETE FROM setup_links") }
}
