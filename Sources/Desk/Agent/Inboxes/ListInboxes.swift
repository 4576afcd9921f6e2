import Conversations
import Store

/// The account's doors.
public struct ListInboxes: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(by agent: Agent) async throws -> [Inbox] {
        try await desk.database.read { try $0.inboxes(of: agent.accountID) }
    }

    public func one(_ number: Int64, by agent: Agent) async throws -> Inbox {
        try await desk.database.read { try $0.inbox(number, of: agent) }
    }
}
