import Conversations
import Store

/// Agents who look after conversations together. Everybody sees the teams; administrators make and change them.
public struct Teams: Sendable {
    /// All of them are loaded with the dashboard.
    static let most = 200
    static let mostMembers = 500
    static let longestName = 100
    static let longestDescription = 1000

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// A team, and whether the agent who asks belongs to it.
    public struct View: Sendable {
        public let team: Team
        public let isMember: Bool
    }

    public struct Changes: Sendable {
        public var name: String?
        public var description: String?
        public var allowAutoAssign: Bool?

        public init() {}
    }

    public func list(by agent: Agent) async throws -> [View] {
        try await desk.database.read { tx in
            let mine = try tx.teamIDs(of: agent.id)
            return try tx.teams(in: agent.accountID, limit: Self.most).map { View(team: $0, isMember: mine.contains($0.id)) }
        }
    }

    public func show(_ id: Int64, by agent: Agent) async throws -> View {
        try await desk.database.read { tx in try Self.view(tx.team(id, of: agent), agent, tx) }
    }

    public func create(_ changes: Changes, by agent: Agent) async throws -> View {
        let (name, description) = (try Self.clean(changes.name ?? ""), try Self.cleanDescription(changes.description ?? ""))
        let now = desk.now()
        return try await desk.database.write { tx in
            guard try tx.teams(in: agent.accountID, limit: Self.most).count < Self.most else {
                throw DeskError.invalid("There are \(Self.most) teams already. Delete one that nobody needs.")
            }
            let draft = Team(
                id: 0, accountID: agent.accountID, name: name, description: description, allowAutoAssign: changes.allowAutoAssign ?? true)
            guard let made = try tx.createTeam(draft, at: now) else { throw Self.taken(name) }
            return View(team: made, isMember: false)
        }
    }

    public func update(_ id: Int64, _ changes: Changes, by agent: Agent) async throws -> View {
        let (name, description) = (try changes.name.map(Self.clean), try changes.description.map(Self.cleanDescription))
        return try await desk.database.write { tx in
            var team = try tx.team(id, of: agent)
            team.name = name ?? team.name
            team.description = description ?? team.description
            team.allowAutoAssign = changes.allowAutoAssign ?? team.allowAutoAssign
            guard try tx.updateTeam(team) else { throw Self.taken(team.name) }
            return try Self.view(team, agent, tx)
        }
    }

    public func delete(_ id: Int64, by agent: Agent) async throws {
        try await desk.database.write { tx in try tx.deleteTeam(tx.team(id, of: agent).id) }
    }

    public func members(of id: Int64, by agent: Agent) async throws -> [Agent] {
        try await desk.database.read { tx in try Self.members(of: tx.team(id, of: agent), tx) }
    }

    public enum MemberChange: Sendable { case add, remove, replace }

    /// - Returns: the members from then on.
    public func change(_ change: MemberChange, _ numbers: [Int64], of id: Int64, by agent: Agent) async throws -> [Agent] {
        guard numbers.count <= Self.mostMembers else {
            throw DeskError.invalid("\(Self.mostMembers) members at most in one team.", attributes: ["user_ids"])
        }
        return try await desk.database.write { tx in
            let team = try tx.team(id, of: agent)
            let named = try Set(numbers.map { try tx.colleague($0, of: agent).id })
            let present = Set(try tx.members(of: team.id))
            if change != .remove { for one in named.subtracting(present) { try tx.addMember(one, to: team.id) } }
            let leaving = change == .add ? [] : change == .remove ? named : present.subtracting(named)
            for one in leaving { try tx.removeMember(one, from: team.id) }
            return try Self.members(of: team, tx)
        }
    }

    private static func members(of team: Team, _ tx: any Connection) throws -> [Agent] {
        try tx.agents(tx.members(of: team.id)).sorted { $0.id.value < $1.id.value }
    }

    private static func view(_ team: Team, _ agent: Agent, _ tx: any Connection) throws -> View {
        View(team: team, isMember: try tx.teamIDs(of: agent.id).contains(team.id))
    }

    private static func clean(_ name: String) throws -> String {
        let name = name.trimmingWhitespace.replacing("\0", with: "")
        guard (1...longestName).contains(name.utf8.count) else {
            throw DeskError.invalid("Give the team a name, \(longestName) bytes at most.", attributes: ["name"])
        }
        return name
    }

    private static func cleanDescription(_ text: String) throws -> String {
        guard text.utf8.count <= longestDescription else {
            throw DeskError.invalid("The description is too long: \(longestDescription) bytes at most.", attributes: ["description"])
        }
        return text.replacing("\0", with: "")
    }

    private static func taken(_ name: String) -> DeskError {
        .invalid("There is a team “\(name)” already.", attributes: ["name"])
    }
}

extension Connection {
    func team(_ number: Int64, of agent: Agent) throws -> Team {
        guard let found = try team(number), found.accountID == agent.accountID else {
            throw DeskError.notFound("There is no team \(number) here.")
        }
        return found
    }
}

extension JSON {
    public static func team(_ view: Teams.View) -> JSON {
        .object(members(of: view.team) + [("is_member", .bool(view.isMember))])
    }

    /// As a conversation shows it: the same for everybody.
    public static func team(_ team: Team) -> JSON { .object(members(of: team)) }

    private static func members(of team: Team) -> [(String, JSON)] {
        [
            ("id", .integer(team.id)), ("name", .string(team.name)), ("description", .string(team.description)),
            ("allow_auto_assign", .bool(team.allowAutoAssign)), ("account_id", .integer(team.accountID.value)),
        ]
    }
}
