/// The link by which the first administrator is made, and who was called by name in which note.
enum Schema10 {
    static let statements = [
        "CREATE TABLE setup_links (token_hash TEXT PRIMARY KEY, expires_at BIGINT NOT NULL)",
        """
        CREATE TABLE mentions (
            message_id BIGINT NOT NULL, agent_id BIGINT NOT NULL REFERENCES agents(id), conversation_id BIGINT NOT NULL,
            created_at BIGINT NOT NULL, PRIMARY KEY (message_id, agent_id))
        """,
        "CREATE INDEX mentions_agent ON mentions (agent_id, conversation_id)",
        "CREATE INDEX mentions_conversation ON mentions (conversation_id)",
    ]
}
