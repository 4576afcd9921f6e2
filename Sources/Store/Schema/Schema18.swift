/// Seen from above: what reports and the health page are computed from, each kept in the transaction that changes it, and the agents' notices.
enum Schema18 {
    static let statements = reports + health + notices

    private static let reports = [
        // Days of reports are the account's days; nil: UTC's.
        "ALTER TABLE accounts ADD COLUMN time_zone TEXT",
        "CREATE INDEX conversations_created ON conversations (account_id, created_at)",
        "CREATE INDEX outbox_sent ON outbox (account_id, sent_at) WHERE sent_at IS NOT NULL",
        // `value` in milliseconds; who did it, where anybody did.
        """
        CREATE TABLE reporting_events (
            id {id}, account_id BIGINT NOT NULL, name TEXT NOT NULL, inbox_id BIGINT NOT NULL, agent_id BIGINT, conversation_id BIGINT NOT NULL,
            value BIGINT NOT NULL, at BIGINT NOT NULL)
        """,
        "CREATE INDEX reporting_events_at ON reporting_events (account_id, name, at)",
        """
        INSERT INTO reporting_events (account_id, name, inbox_id, agent_id, conversation_id, value, at)
        SELECT account_id, 'first_response', inbox_id, assignee_id, id, first_reply_at - created_at, first_reply_at
        FROM conversations WHERE first_reply_at IS NOT NULL
        """,
        // How many messages came and went, in quarters of an hour: every time zone's days are whole ones of them. Agent 0: nobody of the team.
        """
        CREATE TABLE message_counts (
            account_id BIGINT NOT NULL, slot BIGINT NOT NULL, inbox_id BIGINT NOT NULL, agent_id BIGINT NOT NULL,
            incoming BIGINT NOT NULL, outgoing BIGINT NOT NULL, PRIMARY KEY (account_id, slot, inbox_id, agent_id))
        """,
        """
        INSERT INTO message_counts (account_id, slot, inbox_id, agent_id, incoming, outgoing)
        SELECT account_id, created_at / 900000, inbox_id, CASE WHEN kind = 1 AND sender_kind = 'agent' THEN COALESCE(sender_id, 0) ELSE 0 END,
            SUM(CASE WHEN kind = 0 THEN 1 ELSE 0 END), SUM(CASE WHEN kind = 1 THEN 1 ELSE 0 END)
        FROM messages WHERE kind = 0 OR (kind = 1 AND private = 0) GROUP BY 1, 2, 3, 4
        """,
    ]

    private static let health = [
        // Few at any time: those whose mail a loop has stopped.
        "CREATE INDEX conversations_loop_stopped ON conversations (account_id, display_id) WHERE loop_stopped = 1"
    ]

    private static let notices = [
        """
        CREATE TABLE notifications (
            id {id}, account_id BIGINT NOT NULL, agent_id BIGINT NOT NULL REFERENCES agents(id), kind TEXT NOT NULL,
            conversation_id BIGINT NOT NULL, message_id BIGINT, read_at BIGINT, created_at BIGINT NOT NULL, last_activity_at BIGINT NOT NULL)
        """,
        "CREATE INDEX notifications_agent ON notifications (agent_id, last_activity_at)",
        "CREATE INDEX notifications_unread ON notifications (agent_id, conversation_id) WHERE read_at IS NULL",
        "CREATE INDEX notifications_conversation ON notifications (conversation_id)",
        // What an agent is told of, and how: a JSON object of flags; what is not in it is as usual.
        "ALTER TABLE agents ADD COLUMN notification_flags TEXT NOT NULL DEFAULT '{}'",
    ]
}
