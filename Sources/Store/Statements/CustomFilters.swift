import Conversations

/// A named filter that an agent has saved for themselves.
public struct CustomFilter: Sendable, Hashable {
    /// What it filters; Chatwoot's words.
    public enum Kind: String, Sendable, CaseIterable { case conversation, contact, report }

    public var id: Int64
    public var agentID: ID<Agent>
    public var name: String
    public var kind: Kind
    /// JSON object.
    public var query: String
    public var createdAt: Instant
    public var updatedAt: Instant
}

extension Connection {
    private var filterColumns: String { "id, agent_id, name, kind, query, created_at, updated_at" }

    private func filter(_ row: Row) throws -> CustomFilter {
        var row = row.reader()
        return CustomFilter(
            id: try row.integer(), agentID: try row.id(), name: try row.text(), kind: try row.word(), query: try row.text(),
            createdAt: try row.instant(), updatedAt: try row.instant())
    }

    public func customFilters(of agent: ID<Agent>, kind: CustomFilter.Kind, limit: Int) throws -> [CustomFilter] {
        try rows(
            "SELECT \(filterColumns) FROM custom_filters WHERE agent_id = ? AND kind = ? ORDER BY id LIMIT ?",
            [agent, kind.rawValue, limit]
        ).map(filter)
    }

    public func customFilter(_ id: Int64) throws -> CustomFilter? {
        try rows("SELECT \(filterColumns) FROM custom_filters WHERE id = ?", [id]).first.map(filter)
    }

    public func createCustomFilter(of agent: Agent, name: String, kind: CustomFilter.Kind, query: String, at now: Instant) throws
        -> CustomFilter
    {
        let id = try insert(
            """
            INSERT INTO custom_filters (account_id, agent_id, name, kind, query, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            RETURNING id
            """, [agent.accountID, agent.id, name, kind.rawValue, query, now, now])
        return CustomFilter(id: id, agentID: agent.id, name: name, kind: kind, query: query, createdAt: now, updatedAt: now)
    }

    public func updateCustomFilter(_ changed: CustomFilter) throws {
        try run(
            "UPDATE custom_filters SET name = ?, query = ?, updated_at = ? WHERE id = ?",
            [changed.name, changed.query, changed.updatedAt, changed.id])
    }

    public func deleteCustomFilter(_ id: Int64) throws {
        try run("DELETE FROM custom_filters WHERE id = ?", [id])
    }
}
