/// Working together: who looks at a conversation, what each agent has begun to write, teams, saved views, notes about contacts.
enum Schema17 {
    static let statements = [
        // Each agent counts as looking until `seen_until`, unless their page says more.
        """
        CREATE TABLE conversation_viewers (
            conversation_id BIGINT NOT NULL REFERENCES conversations(id), agent_id BIGINT NOT NULL,
            account_id BIGINT NOT NULL, seen_until BIGINT NOT NULL, PRIMARY KEY (conversation_id, agent_id))
        """,
        "CREATE INDEX conversation_viewers_account ON conversation_viewers (account_id, seen_until)",
        """
        CREATE TABLE drafts (
            agent_id BIGINT NOT NULL REFERENCES agents(id), conversation_id BIGINT NOT NULL REFERENCES conversations(id), reply TEXT NOT NULL,
            note TEXT NOT NULL, updated_at BIGINT NOT NULL, PRIMARY KEY (agent_id, conversation_id))
        """,
        "CREATE INDEX drafts_agent ON drafts (agent_id, updated_at)",
        "CREATE INDEX drafts_conversation ON drafts (conversation_id)",
        """
        CREATE TABLE teams (
            id {id}, account_id BIGINT NOT NULL REFERENCES accounts(id), name TEXT NOT NULL, description TEXT NOT NULL,
            allow_auto_assign BIGINT NOT NULL, created_at BIGINT NOT NULL, UNIQUE (account_id, name))
        """,
        """
        CREATE TABLE team_members (
            team_id BIGINT NOT NULL REFERENCES teams(id), agent_id BIGINT NOT NULL REFERENCES agents(id), PRIMARY KEY (team_id, agent_id))
        """,
        "CREATE INDEX team_members_agent ON team_members (agent_id)",
        "CREATE INDEX conversations_team ON conversations (team_id, last_activity_at) WHERE team_id IS NOT NULL",
        """
        CREATE TABLE custom_filters (
            id {id}, account_id BIGINT NOT NULL, agent_id BIGINT NOT NULL REFERENCES agents(id), name TEXT NOT NULL, kind TEXT NOT NULL,
            query TEXT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)
        """,
        "CREATE INDEX custom_filters_agent ON custom_filters (agent_id, kind, id)",
        "CREATE INDEX messages_held ON messages (account_id, conversation_id) WHERE held = 1",
        """
        CREATE TABLE contact_notes (
            id {id}, account_id BIGINT NOT NULL, contact_id BIGINT NOT NULL REFERENCES contacts(id), agent_id BIGINT NOT NULL,
            content TEXT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)
        """,
        "CREATE INDEX contact_notes_contact ON contact_notes (contact_id, id)",
    ]
}
