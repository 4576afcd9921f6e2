/// An inbox's own form of its mails, and the satisfaction surveys.
enum Schema8 {
    static let statements = [
        """
        CREATE TABLE mail_templates (
            inbox_id BIGINT PRIMARY KEY REFERENCES inboxes(id), text TEXT NOT NULL, html TEXT NOT NULL, updated_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE surveys (
            message_id BIGINT PRIMARY KEY REFERENCES messages(id), account_id BIGINT NOT NULL, conversation_id BIGINT NOT NULL,
            contact_id BIGINT NOT NULL, agent_id BIGINT, asked_at BIGINT NOT NULL, rating BIGINT, feedback TEXT, answered_at BIGINT)
        """,
        "CREATE INDEX surveys_account ON surveys (account_id, answered_at)",
        "CREATE INDEX surveys_conversation ON surveys (conversation_id)",
        // Silence is counted for the conversations of one inbox when its setting changes.
        "CREATE INDEX conversations_inbox ON conversations (inbox_id, status)",
    ]
}
