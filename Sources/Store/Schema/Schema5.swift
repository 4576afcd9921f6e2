/// Continue in chat: the links in mails, the way from a tap to the widget, and which sessions were let into a conversation by one.
enum Schema5 {
    static let statements = [
        """
        CREATE TABLE chat_links (
            id {id}, account_id BIGINT NOT NULL, conversation_id BIGINT NOT NULL REFERENCES conversations(id), to_address TEXT NOT NULL,
            token_hash TEXT NOT NULL UNIQUE, expires_at BIGINT NOT NULL, browser_hash TEXT, redeemed_at BIGINT, revoked_at BIGINT,
            codes_sent BIGINT NOT NULL DEFAULT 0, code_sent_at BIGINT)
        """,
        "CREATE INDEX chat_links_conversation ON chat_links (conversation_id)",
        """
        CREATE TABLE chat_tickets (
            id {id}, link_id BIGINT NOT NULL REFERENCES chat_links(id), token_hash TEXT NOT NULL UNIQUE, browser_hash TEXT NOT NULL,
            expires_at BIGINT NOT NULL, is_known BIGINT NOT NULL, used_at BIGINT, code_hash TEXT, code_expires_at BIGINT,
            tries BIGINT NOT NULL DEFAULT 0)
        """,
        "CREATE INDEX chat_tickets_link ON chat_tickets (link_id)",
        "CREATE INDEX chat_tickets_expires ON chat_tickets (expires_at)",
        """
        CREATE TABLE conversation_grants (
            session_id BIGINT NOT NULL REFERENCES visitor_sessions(id), conversation_id BIGINT NOT NULL REFERENCES conversations(id),
            made_session BIGINT NOT NULL, granted_at BIGINT NOT NULL, PRIMARY KEY (session_id, conversation_id))
        """,
        "CREATE INDEX conversation_grants_conversation ON conversation_grants (conversation_id)",
    ]
}
