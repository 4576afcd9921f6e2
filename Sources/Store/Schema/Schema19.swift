/// Mail waits in lanes, one for each inbox that has a relay of its own, so that none holds up another's; and mail that a mailbox did not give out
/// can be asked for once more.
enum Schema19 {
    static let statements = [
        // 0: the common lane; else the inbox.
        "ALTER TABLE jobs ADD COLUMN lane BIGINT NOT NULL DEFAULT 0",
        "DROP INDEX jobs_due",
        "CREATE INDEX jobs_due ON jobs (queue, lane, due_at)",
        """
        UPDATE jobs SET lane = (SELECT inbox_id FROM outbox WHERE id = jobs.subject_id) WHERE queue = 'outbox'
            AND (SELECT inbox_id FROM outbox WHERE id = jobs.subject_id) IN (SELECT inbox_id FROM inbox_relays)
        """,
        // A mail that the mailbox did not give out, and that somebody wants to have asked for once more.
        "ALTER TABLE fetched_mails ADD COLUMN is_wanted BIGINT NOT NULL DEFAULT 0",
        "CREATE INDEX fetched_mails_wanted ON fetched_mails (inbox_id) WHERE is_wanted = 1",
    ]
}
