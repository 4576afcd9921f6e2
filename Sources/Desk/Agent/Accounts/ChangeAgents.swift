import Conversations
import Store

/// What administrators change of the people of their account.
public struct ChangeAgents: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct Changes: Sendable {
        public var name: String?
        public var role: Agent.Role?
        public var availability: Agent.Availability?

        public init() {}
    }

    public func update(_ number: Int64, _ changes: Changes, by administrator: Agent) async throws -> Agent {
        let desk = self.desk
        let name = try changes.name.map { try required($0, "a name", longest: 255) }
        return try await desk.database.write { tx in
            try tx.requireAdministrator(administrator)
            let before = try tx.colleague(number, of: administrator)
            var agent = before
            agent.name = name ?? agent.name
            agent.role = changes.role ?? agent.role
            agent.availability = changes.availability ?? agent.availability
            guard agent != before else { return agent }
            if agent.role == .agent { try tx.requireAnotherAdministrator(than: before) }
            try tx.updateAgent(agent)
            try desk.journal(tx).agent(.agentUpdated, agent)
            if agent.availability != before.availability {
                try desk.journal(tx).presence(account: agent.accountID, contacts: [], agents: [(agent.id, agent.availability.rawValue)])
            }
            return agent
        }
    }

    /// Whatever they had is nobody's from then on; what they wrote keeps their name. Sign-ins, tokens and streams end with the commit.
    public func remove(_ number: Int64, by administrator: Agent) async throws {
        let desk = self.desk
        try await desk.database.write { tx in
            try tx.requireAdministrator(administrator)
            let agent = try tx.colleague(number, of: administrator)
            try tx.requireAnotherAdministrator(than: agent)
            guard agent.id != administrator.id else {
                throw DeskError.invalid("Nobody can remove themselves. Ask another administrator.")
            }
            try tx.removeAgent(agent, at: desk.now())
            // Tokens are derived from it: with another one even a copy of the database's hashes is worth nothing.
            try tx.setTokens(
                of: agent.id, nonce: desk.randomHex(16), accessTokenHash: desk.randomHex(32), streamTokenHash: desk.randomHex(32))
            try desk.journal(tx).agent(.agentRemoved, agent)
        }
    }
}

/// Whom an event of that name took away.
public enum RemovedAgent {
    public static func id(in event: StoredEvent) -> ID<Agent>? {
        guard case .integer(let id)? = (try? JSON(parsing: Array(event.payload.utf8)))?["id"] else { return nil }
        return ID(id)
    }
}

extension Connection {
    /// Asked in the transaction itself: of two administrators who remove each other, the first one does.
    fileprivate func requireAdministrator(_ agent: Agent) throws {
        guard try self.agent(agent.id)?.role == .administrator else {
            throw DeskError.notAllowed("Only administrators may do this. Ask one of them.")
        }
    }

    fileprivate func requireAnotherAdministrator(than agent: Agent) throws {
        guard agent.role == .administrator else { return }
        guard try agents(of: agent.accountID).contains(where: { $0.role == .administrator && $0.id != agent.id }) else {
            throw DeskError.invalid(
                "\(agent.name) is the only administrator. Make somebody else one first.", attributes: ["role"])
        }
    }
}
