/// Providers: whom an inbox takes mail from, which relay its mail leaves through, and the keys that sign it. Keys are sealed.
enum Schema15 {
    static let statements = [
        """
        CREATE TABLE inbox_providers (
            inbox_id BIGINT PRIMARY KEY REFERENCES inboxes(id), account_id BIGINT NOT NULL, kind TEXT NOT NULL, secret {bytes} NOT NULL,
            topic TEXT, updated_at BIGINT NOT NULL)
        """,
        "CREATE INDEX inbox_providers_kind ON inbox_providers (kind, inbox_id)",
        // What was signed once is taken once: the marks of what providers delivered, for as long as they may deliver it again.
        """
        CREATE TABLE provider_deliveries (
            account_id BIGINT NOT NULL, mark TEXT NOT NULL, taken_at BIGINT NOT NULL, PRIMARY KEY (account_id, mark))
        """,
        "CREATE INDEX provider_deliveries_taken ON provider_deliveries (taken_at)",
        """
        CREATE TABLE inbox_relays (
            inbox_id BIGINT PRIMARY KEY REFERENCES inboxes(id), account_id BIGINT NOT NULL, secret {bytes} NOT NULL, shown TEXT NOT NULL,
            updated_at BIGINT NOT NULL)
        """,
        "CREATE INDEX inbox_relays_account ON inbox_relays (account_id, inbox_id)",
        // Nil in both: the installation's relay.
        "ALTER TABLE relay_stops ADD COLUMN inbox_id BIGINT",
        "ALTER TABLE relay_stops ADD COLUMN account_id BIGINT",
        """
        CREATE TABLE dkim_keys (
            account_id BIGINT NOT NULL, domain TEXT NOT NULL, selector TEXT NOT NULL, secret {bytes} NOT NULL, record TEXT NOT NULL,
            is_on BIGINT NOT NULL, made_at BIGINT NOT NULL, PRIMARY KEY (account_id, domain))
        """,
    ]
}
