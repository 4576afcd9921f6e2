import Conversations

/// Agents who look after conversations together.
public struct Team: Sendable, Hashable {
    public var id: Int64
    public var accountID: ID<Account>
    /// Unique in the account.
    public var name: String
    public var description: String
    public var allowAutoAssign: Bool

    public init(id: Int64, accountID: ID<Account>, name: String, description: String, allowAutoAssign: Bool) {
        (self.id, self.accountID, self.name) = (id, accountID, name)
        (self.description, self.allowAutoAssign) = (description, allowAutoAssign)
    }
}

extension Connection {
    private var teamColumns: String { "id, account_id, name, description, allow_auto_assign" }

    private func team(_ row: Row) throws -> Team {
        var row = row.reader()
        return Team(
            id: try row.integer(), accountID: try row.id(), name: try row.text(), description: try row.text(),
            allowAutoAssign: try row.bool())
    }

    public func teams(in account: ID<Account>, limit: Int) throws -> [Team] {
        try rows("SELECT \(teamColumns) FROM teams WHERE account_id = ? ORDER BY name LIMIT ?", [account, limit]).map(team)
    }

    public func team(_ id: Int64) throws -> Team? {
        try rows("SELECT \(teamColumns) FROM teams WHERE id = ?", [id]).first.map(team)
    }

    public func teams(_ ids: [Int64]) throws -> [Team] {
        guard !ids.isEmpty else { return [] }
        return try rows("SELECT \(teamColumns) FROM teams WHERE id IN (\(placeholders(ids.count)))", ids).map(team)
    }

    /// Its `id` is ignored; nil where another one has this name.
    public func createTeam(_ draft: Team, at now: Instant) throws -> Team? {
        try rows(
            """
            INSERT INTO teams (account_id, name, description, allow_auto_assign, created_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING RETURNING \(teamColumns)
            """, [draft.accountID, draft.name, draft.description, draft.allowAutoAssign, now]
        ).first.map(team)
    }

    /// False where another one has this name.
    public func updateTeam(_ changed: Team) throws -> Bool {
        try run(
            """
            UPDATE teams SET name = ?, description = ?, allow_auto_assign = ? WHERE id = ? AND NOT EXISTS (
                SELECT 1 FROM teams other WHERE other.account_id = ? AND other.name = ? AND other.id <> teams.id)
            """, [changed.name, changed.description, changed.allowAutoAssign, changed.id, changed.accountID, changed.name]) == 1
    }

    /// Its conversations have no team from then on.
    public func deleteTeam(_ id: Int64) throws {
        try run("UPDATE conversations SET team_id = NULL WHERE team_id = ?", [id])
        try run("DELETE FROM team_members WHERE team_id = ?", [id])
        try run("DELETE FROM teams WHERE id = ?", [id])
    }

    public func members(of team: Int64) throws -> [ID<Agent>] {
        try rows("SELECT agent_id FROM team_members WHERE team_id = ? ORDER BY agent_id LIMIT 1000", [team]).map {
            var row = $0.reader()
            return try row.id()
        }
    }

    /// The teams that an agent belongs to.
    public func teamIDs(of agent: ID<Agent>) throws -> Set<Int64> {
        Set(
            try rows("SELECT team_id FROM team_members WHERE agent_id = ? LIMIT 1000", [agent]).map {
                var row = $0.reader()
                return try row.integer()
            })
    }

    public func addMember(_ agent: ID<Agent>, to team: Int64) throws {
        try run("INSERT INTO team_members (team_id, agent_id) VALUES (?, ?) ON CONFLICT DO NOTHING", [team, agent])
    }

    public func removeMember(_ agent: ID<Agent>, from team: Int64) throws {
        try run("DELETE FROM team_members WHERE team_id = ? AND agent_id = ?", [team, agent])
    }
}
