import Conversations
import Store

/// Which team looks after a conversation. Who of them does is said by `AssignConversation`.
public struct AssignTeam: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter team: nil takes it from whichever has it.
    /// - Returns: which has it now.
    public func run(_ number: Int64, to team: Int64?, by agent: Agent) async throws -> Team? {
        let desk = self.desk
        return try await desk.onConversation(number, by: agent) { conversation, tx in
            let chosen = try team.map { try tx.team($0, of: agent) }
            guard conversation.teamID != chosen?.id else { return chosen }
            let before = conversation
            let left = try conversation.teamID.flatMap { try tx.team($0) }
            conversation.teamID = chosen?.id
            conversation.updatedAt = desk.now()
            try tx.updateConversation(conversation, from: before)
            let line: ActivityLine =
                switch chosen {
                case .some(let chosen): .assigned(to: chosen.name, by: agent.name)
                case nil: .teamUnassigned(left?.name, by: agent.name)
                }
            try desk.writeActivity(line, in: &conversation, tx)
            try desk.journal(tx).conversation(.teamChanged, conversation)
            return chosen
        }
    }
}
