/// The first schema. Times are milliseconds since 1970; truth values are 0 and 1; `…_hash` columns hold SHA-256 in hex, so that a
/// copy of the database gives no token away.
enum Schema1 {
    static let statements = people + doors + threads + mails + machinery

    private static let people = [
        """
        CREATE TABLE accounts (
            id {id}, name TEXT NOT NULL, locale TEXT NOT NULL, last_display_id BIGINT NOT NULL DEFAULT 0, created_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE agents (
            id {id}, account_id BIGINT NOT NULL REFERENCES accounts(id), name TEXT NOT NULL, email TEXT NOT NULL UNIQUE,
            password_hash TEXT NOT NULL, role TEXT NOT NULL, availability TEXT NOT NULL, token_nonce TEXT NOT NULL,
            access_token_hash TEXT NOT NULL UNIQUE, stream_token_hash TEXT NOT NULL UNIQUE, ui_settings TEXT NOT NULL DEFAULT '{}',
            created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX agents_account ON agents (account_id)",
        """
        CREATE TABLE agent_sessions (
            token_hash TEXT PRIMARY KEY, agent_id BIGINT NOT NULL REFERENCES agents(id), created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)
        """,
        "CREATE INDEX agent_sessions_agent ON agent_sessions (agent_id)",
        """
        CREATE TABLE contacts (
            id {id}, account_id BIGINT NOT NULL REFERENCES accounts(id), name TEXT NOT NULL, email TEXT, email_state TEXT, phone_number TEXT,
            identifier TEXT, blocked BIGINT NOT NULL DEFAULT 0, additional_attributes TEXT NOT NULL DEFAULT '{}',
            custom_attributes TEXT NOT NULL DEFAULT '{}', last_activity_at BIGINT, created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX contacts_account ON contacts (account_id, id)",
        "CREATE INDEX contacts_identifier ON contacts (account_id, identifier)",
        """
        CREATE TABLE contact_addresses (
            contact_id BIGINT NOT NULL REFERENCES contacts(id), address TEXT NOT NULL, account_id BIGINT NOT NULL, state TEXT NOT NULL,
            created_at BIGINT NOT NULL, PRIMARY KEY (contact_id, address))
        """,
        "CREATE INDEX contact_addresses_address ON contact_addresses (account_id, address)",
    ]

    private static let doors = [
        """
        CREATE TABLE inboxes (
            id {id}, account_id BIGINT NOT NULL REFERENCES accounts(id), kind TEXT NOT NULL, name TEXT NOT NULL, website_token TEXT UNIQUE,
            website_url TEXT, address TEXT, reply_domain TEXT, hmac_token TEXT NOT NULL, hmac_mandatory BIGINT NOT NULL DEFAULT 0,
            continuity_via_email BIGINT NOT NULL DEFAULT 1, lock_to_single_conversation BIGINT NOT NULL DEFAULT 0,
            settings TEXT NOT NULL DEFAULT '{}', created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX inboxes_account ON inboxes (account_id)",
        "CREATE INDEX inboxes_address ON inboxes (address)",
        "CREATE INDEX inboxes_reply_domain ON inboxes (reply_domain)",
        """
        CREATE TABLE visitor_sessions (
            id {id}, account_id BIGINT NOT NULL, inbox_id BIGINT NOT NULL REFERENCES inboxes(id), contact_id BIGINT NOT NULL REFERENCES contacts(id),
            source_id TEXT NOT NULL UNIQUE, stream_token_hash TEXT NOT NULL UNIQUE, hmac_verified BIGINT NOT NULL DEFAULT 0,
            created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX visitor_sessions_contact ON visitor_sessions (contact_id, inbox_id)",
    ]

    private static let threads = [
        """
        CREATE TABLE conversations (
            id {id}, account_id BIGINT NOT NULL REFERENCES accounts(id), display_id BIGINT NOT NULL, uuid TEXT NOT NULL UNIQUE,
            inbox_id BIGINT NOT NULL REFERENCES inboxes(id), contact_id BIGINT NOT NULL REFERENCES contacts(id), session_id BIGINT,
            status TEXT NOT NULL, priority TEXT, assignee_id BIGINT, team_id BIGINT, snoozed_until BIGINT, subject TEXT NOT NULL, mode TEXT NOT NULL,
            muted BIGINT NOT NULL DEFAULT 0, loop_stopped BIGINT NOT NULL DEFAULT 0, contact_last_seen_at BIGINT, agent_last_seen_at BIGINT,
            agent_typing_at BIGINT, visitor_typing_at BIGINT, waiting_since BIGINT, first_reply_at BIGINT, last_mail_at BIGINT, unproven_mails BIGINT NOT NULL DEFAULT 0,
            unread_count BIGINT NOT NULL DEFAULT 0, labels TEXT NOT NULL DEFAULT '', last_message_id BIGINT, linked_conversation_id BIGINT,
            additional_attributes TEXT NOT NULL DEFAULT '{}', custom_attributes TEXT NOT NULL DEFAULT '{}', last_activity_at BIGINT NOT NULL,
            created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, UNIQUE (account_id, display_id))
        """,
        "CREATE INDEX conversations_status ON conversations (account_id, status, last_activity_at)",
        "CREATE INDEX conversations_assignee ON conversations (account_id, status, assignee_id, last_activity_at)",
        "CREATE INDEX conversations_activity ON conversations (account_id, last_activity_at)",
        // Not `WHERE status = …`: SQLite would compile every statement with `status = ?` again at each run, to see whether the index fits.
        "CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE snoozed_until IS NOT NULL",
        "CREATE INDEX conversations_contact ON conversations (contact_id, inbox_id, id)",
        """
        CREATE TABLE conversation_counts (
            account_id BIGINT NOT NULL, status TEXT NOT NULL, assignee_id BIGINT NOT NULL, conversations BIGINT NOT NULL,
            PRIMARY KEY (account_id, status, assignee_id))
        """,
        """
        CREATE TABLE conversation_labels (
            account_id BIGINT NOT NULL, label TEXT NOT NULL, conversation_id BIGINT NOT NULL REFERENCES conversations(id),
            PRIMARY KEY (account_id, label, conversation_id))
        """,
        "CREATE INDEX conversation_labels_conversation ON conversation_labels (conversation_id)",
        """
        CREATE TABLE participants (
            conversation_id BIGINT NOT NULL REFERENCES conversations(id), address TEXT NOT NULL, contact_id BIGINT, name TEXT NOT NULL,
            standing TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (conversation_id, address))
        """,
        """
        CREATE TABLE messages (
            id {id}, account_id BIGINT NOT NULL, conversation_id BIGINT NOT NULL REFERENCES conversations(id), inbox_id BIGINT NOT NULL,
            kind BIGINT NOT NULL, private BIGINT NOT NULL DEFAULT 0, channel TEXT NOT NULL, content TEXT, content_type TEXT NOT NULL,
            content_attributes TEXT NOT NULL DEFAULT '{}', sender_kind TEXT, sender_id BIGINT, echo_id TEXT, source_id TEXT, choice TEXT NOT NULL,
            delivery_state TEXT, delivery_until BIGINT, delivery_at BIGINT, delivery_to TEXT, delivery_reason TEXT,
            open_for_delivery BIGINT NOT NULL DEFAULT 0, held BIGINT NOT NULL DEFAULT 0,
            visible_to_visitor BIGINT NOT NULL DEFAULT 0, inbound_mail_id BIGINT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)
        """,
        "CREATE INDEX messages_conversation ON messages (conversation_id, id)",
        "CREATE UNIQUE INDEX messages_echo ON messages (conversation_id, echo_id) WHERE echo_id IS NOT NULL",
        "CREATE INDEX messages_undelivered ON messages (conversation_id, id) WHERE open_for_delivery = 1",
        "CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, bytes {bytes} NOT NULL)",
        """
        CREATE TABLE attachments (
            id {id}, account_id BIGINT NOT NULL, message_id BIGINT NOT NULL REFERENCES messages(id), filename TEXT NOT NULL,
            content_type TEXT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL, is_inline BIGINT NOT NULL DEFAULT 0, content_id TEXT,
            created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX attachments_message ON attachments (message_id)",
    ]

    private static let mails = [
        """
        CREATE TABLE inbound_mails (
            id {id}, account_id BIGINT NOT NULL, received_at BIGINT NOT NULL, ingress TEXT NOT NULL, remote_address TEXT, helo TEXT,
            envelope_from TEXT NOT NULL, recipients TEXT NOT NULL, size BIGINT NOT NULL, content_hash TEXT, message_id TEXT, from_address TEXT,
            from_name TEXT, recipients_seen TEXT, subject TEXT, kind TEXT, outcome TEXT, reason TEXT, evidence TEXT, evidence_detail TEXT,
            standing TEXT, quoted TEXT, conversation_id BIGINT, desk_message_id BIGINT, processed_at BIGINT)
        """,
        "CREATE INDEX inbound_mails_outcome ON inbound_mails (account_id, outcome, id)",
        "CREATE INDEX inbound_mails_failed ON inbound_mails (id) WHERE outcome = 'failed'",
        "CREATE INDEX inbound_mails_processed ON inbound_mails (processed_at)",
        "CREATE INDEX inbound_mails_account ON inbound_mails (account_id, id)",
        "CREATE INDEX inbound_mails_message_id ON inbound_mails (account_id, message_id)",
        "CREATE INDEX inbound_mails_conversation ON inbound_mails (conversation_id, received_at)",
        "CREATE TABLE inbound_raw (mail_id BIGINT PRIMARY KEY REFERENCES inbound_mails(id), raw {bytes} NOT NULL)",
        """
        CREATE TABLE outbox (
            id {id}, account_id BIGINT NOT NULL, conversation_id BIGINT NOT NULL REFERENCES conversations(id), inbox_id BIGINT NOT NULL,
            contact_id BIGINT NOT NULL, to_address TEXT NOT NULL, envelope_sender TEXT NOT NULL, bounce_hash TEXT NOT NULL UNIQUE,
            message_id TEXT NOT NULL, subject TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, attempts BIGINT NOT NULL DEFAULT 0,
            created_at BIGINT NOT NULL, first_attempt_at BIGINT, sent_at BIGINT)
        """,
        "CREATE INDEX outbox_conversation ON outbox (conversation_id, id)",
        "CREATE TABLE outbox_raw (outbox_id BIGINT PRIMARY KEY REFERENCES outbox(id), raw {bytes} NOT NULL)",
        "CREATE TABLE outbox_messages (outbox_id BIGINT NOT NULL REFERENCES outbox(id), message_id BIGINT NOT NULL, PRIMARY KEY (outbox_id, message_id))",
        "CREATE INDEX outbox_messages_message ON outbox_messages (message_id)",
        """
        CREATE TABLE mail_ids (
            id {id}, account_id BIGINT NOT NULL, mail_id TEXT NOT NULL, conversation_id BIGINT NOT NULL, message_id BIGINT, ours BIGINT NOT NULL,
            to_address TEXT)
        """,
        "CREATE INDEX mail_ids_mail_id ON mail_ids (mail_id)",
        "CREATE INDEX mail_ids_conversation ON mail_ids (conversation_id, id)",
        """
        CREATE TABLE reply_tokens (
            id {id}, account_id BIGINT NOT NULL, conversation_id BIGINT NOT NULL, contact_id BIGINT NOT NULL, nonce TEXT NOT NULL,
            token_hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL, revoked_at BIGINT)
        """,
        "CREATE INDEX reply_tokens_conversation ON reply_tokens (conversation_id, contact_id)",
        """
        CREATE TABLE mailbox (
            id {id}, outbox_id BIGINT NOT NULL UNIQUE, to_address TEXT NOT NULL, received_at BIGINT NOT NULL, answered_at BIGINT)
        """,
    ]

    private static let machinery = [
        """
        CREATE TABLE events (
            id {id}, account_id BIGINT NOT NULL, inbox_id BIGINT, contact_id BIGINT, name TEXT NOT NULL, payload TEXT NOT NULL,
            visitor_payload TEXT, created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX events_created ON events (created_at)",
        "CREATE INDEX events_account ON events (account_id, id)",
        "CREATE INDEX events_contact ON events (contact_id, id) WHERE visitor_payload IS NOT NULL",
        """
        CREATE TABLE jobs (
            id {id}, queue TEXT NOT NULL, subject_id BIGINT NOT NULL, due_at BIGINT NOT NULL, lease_until BIGINT NOT NULL DEFAULT 0,
            attempts BIGINT NOT NULL DEFAULT 0, UNIQUE (queue, subject_id))
        """,
        "CREATE INDEX jobs_due ON jobs (queue, due_at)",
        "CREATE TABLE nodes (id TEXT PRIMARY KEY, seen_at BIGINT NOT NULL)",
        """
        CREATE TABLE presence (
            node TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id BIGINT NOT NULL, streams BIGINT NOT NULL, widget_open BIGINT NOT NULL,
            document_visible BIGINT NOT NULL, changed_at BIGINT NOT NULL, PRIMARY KEY (subject_kind, subject_id, node))
        """,
        "CREATE INDEX presence_node ON presence (node)",
    ]
}
