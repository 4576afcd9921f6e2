/// Kept mail is sealed; what was kept before is sealed little by little.
enum Schema7 {
    static let statements = [
        "ALTER TABLE inbound_raw ADD COLUMN sealed BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE outbox_raw ADD COLUMN sealed BIGINT NOT NULL DEFAULT 0",
        "CREATE INDEX inbound_raw_open ON inbound_raw (sealed, mail_id) WHERE sealed = 0",
        "CREATE INDEX outbox_raw_open ON outbox_raw (sealed, outbox_id) WHERE sealed = 0",
    ]
}
