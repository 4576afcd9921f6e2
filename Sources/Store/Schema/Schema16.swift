/// Mailboxes that inboxes fetch their mail from (IMAP), and which mail came from where.
enum Schema16 {
    static let statements = [
        // `last_uid` is the watermark: mails up to it are stored here, or were there before the mailbox was connected. After the server
        // numbered its mails anew, those below `catch_up_to` that came before `catch_up_since` are passed over.
        """
        CREATE TABLE imap_mailboxes (
            inbox_id BIGINT PRIMARY KEY REFERENCES inboxes(id), account_id BIGINT NOT NULL, host TEXT NOT NULL, port BIGINT NOT NULL,
            security TEXT NOT NULL, user_name TEXT NOT NULL, sign_in TEXT NOT NULL, secret {bytes} NOT NULL, folder TEXT NOT NULL,
            import_existing BIGINT NOT NULL, revision BIGINT NOT NULL, connected_at BIGINT, uid_validity BIGINT,
            last_uid BIGINT NOT NULL DEFAULT 0, catch_up_since BIGINT, catch_up_to BIGINT NOT NULL DEFAULT 0, refusals BIGINT NOT NULL DEFAULT 0,
            state TEXT NOT NULL, reason TEXT, next_try_at BIGINT, last_check_at BIGINT, last_mail_at BIGINT)
        """,
        "CREATE INDEX imap_mailboxes_account ON imap_mailboxes (account_id)",
        """
        CREATE TABLE fetched_mails (
            mail_id BIGINT PRIMARY KEY REFERENCES inbound_mails(id) ON DELETE CASCADE, inbox_id BIGINT NOT NULL REFERENCES inboxes(id),
            uid_validity BIGINT NOT NULL, uid BIGINT NOT NULL)
        """,
    ]
}
