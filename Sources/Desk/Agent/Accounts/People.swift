import Conversations
import Store

/// The people of the account and the account itself.
public struct People: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func agents(by agent: Agent) async throws -> [Agent] {
        try await desk.database.read { try $0.agents(of: agent.accountID) }
    }

    /// Who can be given a conversation of these inboxes: everybody of the account, until inboxes have members.
    public func assignable(inboxes: [Int64], by agent: Agent) async throws -> [Agent] {
        try await desk.database.read { tx in
            for inbox in inboxes.prefix(100) { _ = try tx.inbox(inbox, of: agent) }
            return try tx.agents(of: agent.accountID)
        }
    }

    public func account(of agent: Agent) async throws -> Account {
        guard let account = try await desk.database.read({ try $0.account(agent.accountID) }) else {
            throw DeskError.notFound("There is no such account.")
        }
        return account
    }
}
