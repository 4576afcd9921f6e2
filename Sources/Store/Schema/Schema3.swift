/// Coming back: the hidden mark of a conversation's mails, agents' own reply addresses, what an agent did with a mail on the mail desk,
/// and where merged and deleted conversations and contacts went.
enum Schema3 {
    static let statements = [
        // The mark in the quoted body (behaviour §5.1, evidence 4), hashed like the token whose nonce it shares.
        "ALTER TABLE reply_tokens ADD COLUMN marker_hash TEXT",
        "CREATE INDEX reply_tokens_marker ON reply_tokens (marker_hash)",
        // Set on the token of an agent's own reply address (behaviour §9).
        "ALTER TABLE reply_tokens ADD COLUMN agent_id BIGINT",
        "ALTER TABLE inbound_mails ADD COLUMN released_by BIGINT",
        "ALTER TABLE inbound_mails ADD COLUMN settled_at BIGINT",
        "CREATE INDEX conversations_linked ON conversations (linked_conversation_id)",
        // Until when agents were told by mail of what the customer wrote.
        "ALTER TABLE conversations ADD COLUMN notified_at BIGINT",
        // What a mail that leaves is: part of the conversation, or a notification that says so to an agent.
        "ALTER TABLE outbox ADD COLUMN purpose TEXT NOT NULL DEFAULT 'conversation'",
        "CREATE INDEX participants_contact ON participants (contact_id)",
        """
        CREATE TABLE merged_conversations (
            old_id BIGINT PRIMARY KEY, account_id BIGINT NOT NULL, display_id BIGINT NOT NULL, into_id BIGINT NOT NULL, merged_at BIGINT NOT NULL,
            UNIQUE (account_id, display_id))
        """,
        "CREATE INDEX merged_conversations_into ON merged_conversations (into_id)",
        "CREATE TABLE merged_contacts (old_id BIGINT PRIMARY KEY, account_id BIGINT NOT NULL, into_id BIGINT NOT NULL, merged_at BIGINT NOT NULL)",
        "CREATE INDEX merged_contacts_into ON merged_contacts (into_id)",
        """
        CREATE TABLE deleted_conversations (
            old_id BIGINT PRIMARY KEY, account_id BIGINT NOT NULL, display_id BIGINT NOT NULL, inbox_id BIGINT NOT NULL, deleted_at BIGINT NOT NULL)
        """,
    ]
}
