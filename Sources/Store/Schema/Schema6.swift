/// The outbox knows of uncertain tries and of a relay that refuses us; the loop brake knows when an agent resumed.
enum Schema6 {
    static let statements = [
        // The list shows late and uncertain mail too.
        "DROP INDEX messages_trouble",
        """
        CREATE INDEX messages_trouble ON messages (conversation_id)
        WHERE held = 1 OR delivery_state IN ('failed', 'bounced', 'deferred', 'uncertain')
        """,
        "ALTER TABLE outbox ADD COLUMN next_attempt_at BIGINT",
        "ALTER TABLE outbox ADD COLUMN doubts BIGINT NOT NULL DEFAULT 0",
        "CREATE INDEX outbox_stopped ON outbox (state, id) WHERE state = 'stopped'",
        // A row for each relay that refuses us, and for as long as it does.
        "CREATE TABLE relay_stops (relay TEXT PRIMARY KEY, since BIGINT NOT NULL, reason TEXT NOT NULL, retry_at BIGINT NOT NULL)",
        "CREATE TABLE loop_brakes (conversation_id BIGINT PRIMARY KEY REFERENCES conversations(id), resumed_at BIGINT NOT NULL)",
    ]
}
