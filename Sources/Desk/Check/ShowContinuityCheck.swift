import Conversations
import MailTrust
import Store

/// What the last check of an inbox found, also while it runs.
public struct ShowContinuityCheck: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public func run(_ number: Int64, by agent: Agent) async throws -> JSON {
        let desk = self.desk
        return try await desk.database.read { tx in try desk.checkJSON(of: try tx.inbox(number, of: agent), tx) }
    }

    /// The same for the command line, which sees every account.
    public func run(_ inbox: Inbox) async throws -> JSON {
        let desk = self.desk
        return try await desk.database.read { try desk.checkJSON(of: inbox, $0) }
    }
}
