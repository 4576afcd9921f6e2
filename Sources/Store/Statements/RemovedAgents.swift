import Conversations

extension Connection {
    /// Takes an agent from the account. The row stays for the name on what they wrote; the address is free again, and nothing lets them in.
    public func removeAgent(_ agent: Agent, at now: Instant) throws {
        try closeAgentSessions(of: agent.id)
        for table in ["team_members", "drafts", "custom_filters", "notifications"] {
            try run("DELETE FROM \(table) WHERE agent_id = ?", [agent.id])
        }
        try run("DELETE FROM conversation_viewers WHERE account_id = ? AND agent_id = ?", [agent.accountID, agent.id])
        try unassignAll(of: agent, at: now)
        try run(
            """
            UPDATE agents SET removed_at = ?, role = ?, availability = ?, email = ?, password_hash = '', ui_settings = '{}',
                notification_flags = '{}' WHERE id = ?
            """,
            [
                // A name that never has mail (RFC 2606 §2).
                now, Agent.Role.agent.rawValue, Agent.Availability.offline.rawValue, "removed-\(agent.id)@agents.invalid", agent.id,
            ])
    }

    /// All at once, with the counts of the tabs.
    private func unassignAll(of agent: Agent, at now: Instant) throws {
        let states = Conversation.Status.allCases.map(\.rawValue)
        try run(
            """
            UPDATE conversations SET assignee_id = NULL, updated_at = ?
            WHERE account_id = ? AND status IN (\(placeholders(states.count))) AND assignee_id = ?
            """, [now, agent.accountID] + states.map { $0 as (any Bindable)? } + [agent.id])
        try run(
            """
            INSERT INTO conversation_counts (account_id, status, assignee_id, conversations)
            SELECT account_id, status, 0, conversations FROM conversation_counts WHERE account_id = ? AND assignee_id = ?
            ON CONFLICT (account_id, status, assignee_id) DO UPDATE SET conversations = conversation_counts.conversations + excluded.conversations
            """, [agent.accountID, agent.id])
        try run("DELETE FROM conversation_counts WHERE account_id = ? AND assignee_id = ?", [agent.accountID, agent.id])
    }
}
