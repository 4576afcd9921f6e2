import Conversations
import Store

/// An agent changes their own name, settings, availability or password.
public struct UpdateProfile: Sendable {
    private let desk: Desk
    private let passwords: PasswordQueue

    public init(desk: Desk, passwords: PasswordQueue) {
        self.desk = desk
        self.passwords = passwords
    }

    public struct Changes: Sendable {
        public var name: String?
        /// JSON object, merged into what is kept.
        public var uiSettings: String?
        public var availability: Agent.Availability?
        public var currentPassword: String?
        public var newPassword: String?

        public init() {}
    }

    public func run(_ changes: Changes, by agent: Agent) async throws -> AgentCredentials {
        let desk = self.desk
        let name = try changes.name.map { try required($0, "a name", longest: 255) }
        let hash = try await newPasswordHash(changes, agent)
        return try await desk.database.write { tx in
            guard let known = try tx.credentials(of: agent.id) else { throw DeskError.signInNeeded("This agent is gone.") }
            let settings = try changes.uiSettings.map { try JSONObjects.merged(known.uiSettings, $0) } ?? known.uiSettings
            try tx.updateAgent(
                agent.id, name: name ?? known.agent.name, availability: changes.availability ?? known.agent.availability,
                uiSettings: settings)
            if let hash {
                try tx.setPassword(of: agent.id, hash: hash)
                try tx.closeAgentSessions(of: agent.id)
            }
            if let availability = changes.availability, availability != known.agent.availability {
                try desk.journal(tx).presence(
                    account: agent.accountID, contacts: [], agents: [(agent.id, availability.rawValue)])
            }
            guard let changed = try tx.credentials(of: agent.id) else { throw DeskError.signInNeeded("This agent is gone.") }
            return changed
        }
    }

    private func newPasswordHash(_ changes: Changes, _ agent: Agent) async throws -> String? {
        guard let new = changes.newPassword, !new.isEmpty else { return nil }
        guard (Password.shortest...Password.longest).contains(new.utf8.count) else {
            throw DeskError.invalid("The password needs at least \(Password.shortest) characters.", attributes: ["password"])
        }
        let stored = try await desk.database.read { try $0.credentials(of: agent.id)?.passwordHash }.flatMap(Password.init(stored:))
        let current = changes.currentPassword ?? ""
        let salt = desk.random(16)
        return try await passwords.run {
            guard !current.isEmpty, try stored?.isMade(of: current) == true else {
                throw DeskError.invalid("The present password is wrong.", attributes: ["current_password"])
            }
            return try Password(new, salt: salt).stored
        }
    }
}
