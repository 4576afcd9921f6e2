import Conversations

/// Which conversations the agents' list shows, and in which order. Every order has an index.
public struct ConversationFilter: Sendable {
    public enum Assignee: Sendable {
        case all, unassigned, assigned
        case agent(ID<Agent>)
    }

    public enum Sort: String, Sendable, CaseIterable {
        case latest = "last_activity_at_desc"
        case oldest = "last_activity_at_asc"
        case newestCreated = "created_at_desc"
        case oldestCreated = "created_at_asc"
        case priority = "priority_desc"
        case waitingLongest = "waiting_since_asc"
    }

    /// nil means all.
    public var status: Conversation.Status?
    public var assignee = Assignee.all
    public var inbox: ID<Inbox>?
    public var team: Int64?
    public var labels: [String] = []
    /// Whom a note in it calls by name.
    public var mentioned: ID<Agent>?
    /// Nobody has answered yet, or the customer waits for the next answer.
    public var isUnattended = false
    /// A stranger's mail in it waits for a decision.
    public var isHeld = false
    /// What a search has found: nothing else is shown.
    public var found: SearchResult?
    public var sort = Sort.latest

    public init() {}

    var isStatusOnly: Bool {
        inbox == nil && team == nil && labels.isEmpty && mentioned == nil && !isUnattended && !isHeld && found == nil
    }

    func condition(_ account: ID<Account>) -> (String, [(any Bindable)?]) {
        var parts = ["account_id = ?"]
        var arguments: [(any Bindable)?] = [account]
        if let status {
            parts.append("status = ?")
            arguments.append(status.rawValue)
        }
        switch assignee {
        case .all: break
        case .unassigned: parts.append("assignee_id IS NULL")
        case .assigned: parts.append("assignee_id IS NOT NULL")
        case .agent(let id):
            parts.append("assignee_id = ?")
            arguments.append(id)
        }
        if let inbox {
            parts.append("inbox_id = ?")
            arguments.append(inbox)
        }
        if let team {
            parts.append("team_id = ?")
            arguments.append(team)
        }
        if !labels.isEmpty {
            parts.append(
                "id IN (SELECT conversation_id FROM conversation_labels WHERE account_id = ? AND label IN (\(placeholders(labels.count))))")
            arguments.append(account)
            arguments += labels.map { $0 as (any Bindable)? }
        }
        if let mentioned {
            parts.append("id IN (SELECT conversation_id FROM mentions WHERE agent_id = ?)")
            arguments.append(mentioned)
        }
        if isUnattended { parts.append("(first_reply_at IS NULL OR waiting_since IS NOT NULL)") }
        if isHeld {
            parts.append("id IN (SELECT conversation_id FROM messages WHERE account_id = ? AND held = 1)")
            arguments.append(account)
        }
        if let found {
            // `+`: the few that were found are looked at, not all of the account in the order of the list.
            parts[0] = "+account_id = ?"
            parts.append("id IN (SELECT value FROM json_each(?))")
            arguments.append("[\(found.conversations.map { "\($0.value)" }.joined(separator: ","))]")
        }
        return (parts.joined(separator: " AND "), arguments)
    }

    var order: String {
        switch sort {
        case .latest: "last_activity_at DESC"
        case .oldest: "last_activity_at ASC"
        case .newestCreated: "id DESC"
        case .oldestCreated: "id ASC"
        case .priority:
            "CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END, last_activity_at DESC"
        case .waitingLongest: "COALESCE(waiting_since, 9223372036854775807) ASC"
        }
    }
}
