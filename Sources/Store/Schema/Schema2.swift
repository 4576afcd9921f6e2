/// Labels as things of their own, and what the agents' list shows of a conversation's troubles.
enum Schema2 {
    static let statements = [
        """
        CREATE TABLE labels (
            id {id}, account_id BIGINT NOT NULL REFERENCES accounts(id), title TEXT NOT NULL, description TEXT NOT NULL DEFAULT '',
            color TEXT NOT NULL, show_on_sidebar BIGINT NOT NULL DEFAULT 1, UNIQUE (account_id, title))
        """,
        "CREATE INDEX contacts_activity ON contacts (account_id, (COALESCE(last_activity_at, created_at)), id)",
        // Held mail and failed deliveries are few: an index of them alone answers for a whole page of the list.
        "CREATE INDEX messages_trouble ON messages (conversation_id) WHERE held = 1 OR delivery_state IN ('failed', 'bounced')",
    ]
}
