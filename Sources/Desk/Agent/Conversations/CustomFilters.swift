import Conversations
import Store

/// An agent's saved views: named filters that nobody else sees.
public struct CustomFilters: Sendable {
    /// For each kind.
    static let most = 100
    static let longestName = 100
    static let longestQuery = 8 * 1024

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func list(_ kind: CustomFilter.Kind, by agent: Agent) async throws -> [CustomFilter] {
        try await desk.database.read { try $0.customFilters(of: agent.id, kind: kind, limit: Self.most) }
    }

    public func show(_ id: Int64, by agent: Agent) async throws -> CustomFilter {
        try await desk.database.read { try Self.find(id, of: agent, $0) }
    }

    public func create(name: String, kind: CustomFilter.Kind, query: String, by agent: Agent) async throws -> CustomFilter {
        let (name, query, now) = (try Self.clean(name), try Self.cleanQuery(query), desk.now())
        return try await desk.database.write { tx in
            guard try tx.customFilters(of: agent.id, kind: kind, limit: Self.most).count < Self.most else {
                throw DeskError.invalid("You have \(Self.most) saved views already. Delete one that you do not use.")
            }
            return try tx.createCustomFilter(of: agent, name: name, kind: kind, query: query, at: now)
        }
    }

    public func update(_ id: Int64, name: String?, query: String?, by agent: Agent) async throws -> CustomFilter {
        let (name, query, now) = (try name.map(Self.clean), try query.map(Self.cleanQuery), desk.now())
        return try await desk.database.write { tx in
            var filter = try Self.find(id, of: agent, tx)
            filter.name = name ?? filter.name
            filter.query = query ?? filter.query
            filter.updatedAt = now
            try tx.updateCustomFilter(filter)
            return filter
        }
    }

    public func delete(_ id: Int64, by agent: Agent) async throws {
        try await desk.database.write { tx in try tx.deleteCustomFilter(Self.find(id, of: agent, tx).id) }
    }

    /// A colleague's is answered like one that is not there.
    private static func find(_ id: Int64, of agent: Agent, _ tx: any Connection) throws -> CustomFilter {
        guard let found = try tx.customFilter(id), found.agentID == agent.id else {
            throw DeskError.notFound("There is no saved view \(id) of yours.")
        }
        return found
    }

    private static func clean(_ name: String) throws -> String {
        let name = name.trimmingWhitespace.replacing("\0", with: "")
        guard (1...longestName).contains(name.utf8.count) else {
            throw DeskError.invalid("Give the view a name, \(longestName) bytes at most.", attributes: ["name"])
        }
        return name
    }

    private static func cleanQuery(_ query: String) throws -> String {
        guard query.utf8.count <= longestQuery else {
            throw DeskError.invalid("The filter is too long: \(longestQuery) bytes at most.", attributes: ["query"])
        }
        return try JSONObjects.checked(query)
    }
}

extension JSON {
    public static func customFilter(_ filter: CustomFilter) -> JSON {
        .object([
            ("id", .integer(filter.id)), ("name", .string(filter.name)), ("filter_type", .string(filter.kind.rawValue)),
            ("type", .string(filter.kind.rawValue)), ("query", .raw(filter.query)), ("created_at", .integer(filter.createdAt.seconds)),
            ("updated_at", .integer(filter.updatedAt.seconds)),
        ])
    }
}
