/// Continuity checks: each sends a probe through an inbox's own relay and waits until it comes back through its own way in.
enum Schema14 {
    static let statements = [
        // The probe's token is kept as its hash only; `hops`, `faults` and `arrival` are JSON.
        """
        CREATE TABLE continuity_checks (
            id {id}, account_id BIGINT NOT NULL, inbox_id BIGINT NOT NULL REFERENCES inboxes(id), nonce TEXT NOT NULL,
            token_hash TEXT NOT NULL, origin TEXT NOT NULL, state TEXT NOT NULL, started_at BIGINT NOT NULL, deadline BIGINT NOT NULL,
            finished_at BIGINT, accepted_at BIGINT, hops TEXT NOT NULL DEFAULT '[]', faults TEXT NOT NULL DEFAULT '[]', arrival TEXT)
        """,
        "CREATE UNIQUE INDEX continuity_checks_token ON continuity_checks (token_hash)",
        "CREATE INDEX continuity_checks_inbox ON continuity_checks (inbox_id, id)",
        "CREATE INDEX continuity_checks_passed ON continuity_checks (inbox_id, state)",
    ]
}
